package dev.weir.cli.scale;

import dev.weir.scale.ServiceLoad;
import dev.weir.scale.WorkLaw;
import dev.weir.swarm.scale.Board.News;
import dev.weir.swarm.scale.ScaleOverview;
import dev.weir.term.FigureText;
import dev.weir.term.TextTable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tables of `weir scale`.
final class ScaleTables {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

  /// The command that has a service scaled.
  static final String ADD_LABELS =
      "docker service update --label-add weir.slo='p99<300ms' --label-add weir.scale=2..20 SERVICE";

  /// A balancer reports every two seconds, and late under load.
  private static final Duration FRESH = Duration.ofSeconds(20);

  private ScaleTables() {}

  /// A row for each service, then its latest decision in words.
  static List<String> status(List<ScaleOverview> services) {
    if (services.isEmpty()) {
      return List.of("no service has the label weir.scale (to add it: %s)".formatted(ADD_LABELS));
    }
    var table =
        new TextTable(
            "SERVICE", "MODE", "RANGE", "REPLICAS", "RUNNING", "ARRIVALS", "WORK", "SCALED BY");
    for (ScaleOverview one : services) {
      table.add(
          one.name(),
          one.paused().isPresent() ? "paused" : one.mode(),
          one.range(),
          String.valueOf(one.desired()),
          String.valueOf(one.running()),
          arrivals(one.load()),
          work(one.load()),
          one.actor().orElse("none"));
    }
    var lines = new ArrayList<>(table.lines());
    services.forEach(one -> lines.addAll(notes(one)));
    return lines;
  }

  /// That all figures are old; empty while balancers write.
  static Optional<String> staleness(Duration age) {
    return age.compareTo(FRESH) <= 0
        ? Optional.empty()
        : Optional.of(
            "No balancer has reported for %s: arrivals, work and \"scaled by\" are from then (expected: weir balance --swarm on this swarm)"
                .formatted(FigureText.duration(age.toNanos())));
  }

  private static List<String> notes(ScaleOverview one) {
    var lines = new ArrayList<String>();
    one.paused().ifPresent(why -> lines.add("%s: paused: %s".formatted(one.name(), why)));
    if (one.actor().isEmpty()) {
      lines.add(
          "%s: no balancer scales it (expected: weir balance --swarm on this swarm)"
              .formatted(one.name()));
    }
    if (!one.news().isEmpty()) {
      News last = one.news().getLast();
      lines.add(
          "%s: %s %s, %s"
              .formatted(one.name(), time(last.epochMillis()), last.words(), last.done()));
    }
    return lines;
  }

  private static String arrivals(Optional<ServiceLoad> load) {
    return load.filter(one -> !Double.isNaN(one.rate().perSecond()))
        .map(one -> FigureText.number(one.rate().perSecond()) + "/s")
        .orElse("");
  }

  private static String work(Optional<ServiceLoad> load) {
    WorkLaw law = load.map(ServiceLoad::work).orElse(null);
    return law == null ? "" : FigureText.duration(law.meanSeconds() * 1e9);
  }

  /// A row for each decision.
  static List<String> history(List<News> news) {
    var table = new TextTable("TIME", "FROM", "TO", "DONE", "WHY");
    for (News one : news) {
      table.add(
          time(one.epochMillis()),
          String.valueOf(one.before()),
          String.valueOf(one.replicas()),
          one.done(),
          one.words());
    }
    return table.lines();
  }

  private static String time(long epochMillis) {
    return TIME.format(Instant.ofEpochMilli(epochMillis).atZone(ZoneId.systemDefault()));
  }
}
