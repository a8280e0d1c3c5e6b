package dev.weir.report;

import dev.weir.scale.Demand;
import dev.weir.scale.Prediction;
import dev.weir.scale.Promise;
import dev.weir.scale.ReplicaNeed;
import java.math.BigDecimal;
import java.util.Locale;

/// A sizing in words: the demand in one line, and which number of replicas it takes and why.
///
/// @param demand what is sized
/// @param slots requests that a replica works on at once at full speed
/// @param promise what is to be kept
/// @param need the least number that does
public record SizingWords(Demand demand, int slots, Promise promise, ReplicaNeed need) {

  /// Rate, burstiness, work and load in one line.
  public static String of(Demand demand, int slots) {
    return "λ=%s/s ca²=%s S=%s cs²=%s: %s Erlang; %s a replica"
        .formatted(
            FigureText.number(demand.ratePerSecond()),
            FigureText.number(demand.gapScv()),
            time(demand.work().meanSeconds()),
            FigureText.number(demand.work().scv()),
            FigureText.number(demand.erlangs()),
            count(slots, "slot"));
  }

  /// One sentence that says which number and why.
  public String why() {
    if (!need.isAttainable()) {
      return unattainable();
    }
    if (!need.isKept()) {
      return unkept();
    }
    String kept =
        "%s: %s is %s, within %s"
            .formatted(
                count(need.replicas(), "replica"),
                name(promise.percentile()),
                time(need.at().percentileSeconds(promise.percentile())),
                promise);
    return need.replicas() == 1
        ? kept + "."
        : "%s; with %d %s.".formatted(kept, need.replicas() - 1, result(need.before()));
  }

  private String unattainable() {
    return ("No number of replicas keeps %s: the work alone takes %s at %s. With %d, waiting adds"
            + " less than 5 %% to that; shorten the work or promise more time.")
        .formatted(
            promise,
            time(demand.work().quantile(promise.share())),
            name(promise.percentile()),
            need.replicas());
  }

  private String unkept() {
    ReplicaNeed wanted = ReplicaNeed.of(demand, promise, slots, Integer.MAX_VALUE / slots - 1);
    return "%s %s keep %s: %s. It takes %s%d, and --max allows no more than %d."
        .formatted(
            count(need.replicas(), "replica"),
            need.replicas() == 1 ? "does not" : "do not",
            promise,
            result(need.at()),
            wanted.isKept() ? "" : "more than ",
            wanted.replicas(),
            need.replicas());
  }

  private String result(Prediction prediction) {
    return prediction.isStable()
        ? "it would be %s, as %s of the requests wait for a slot (%s busy)"
            .formatted(
                time(prediction.percentileSeconds(promise.percentile())),
                share(prediction.waitProbability()),
                share(prediction.utilisation()))
        : "the load exceeds the slots (%s busy) and the queue grows without end"
            .formatted(share(prediction.utilisation()));
  }

  /// Such as `p99` or `p99.9`.
  public static String name(double percentile) {
    return "p" + BigDecimal.valueOf(percentile).stripTrailingZeros().toPlainString();
  }

  private static String time(double seconds) {
    return seconds < .9995 ? FigureText.millis(seconds * 1e3) : FigureText.seconds(seconds);
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
