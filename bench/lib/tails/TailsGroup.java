import dev.weir.stats.Ratio;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// All runs of one phase of one case.
///
/// @param balancers in the order of the table
record TailsGroup(String testCase, String phase, List<String> balancers, List<TailsTrial> trials) {
  static final String WEIR = "weir";

  /// The runs of a balancer that count.
  List<TailsTrial> counted(String balancer) {
    return all(balancer).stream().filter(TailsTrial::counts).toList();
  }

  List<TailsTrial> all(String balancer) {
    return trials.stream().filter(trial -> trial.balancer().equals(balancer)).toList();
  }

  /// The median over the rounds; NaN without any.
  double median(String balancer, ToDoubleFunction<TailsTrial> figure) {
    double[] sorted = counted(balancer).stream().mapToDouble(figure).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length == 0
        ? Double.NaN
        : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /// How many times Weir's p99 the other's is, over the rounds in which both count.
  Ratio ratio(String balancer) {
    return Ratio.of(
        counted(balancer).stream()
            .map(
                own ->
                    counted(WEIR).stream()
                        .filter(weir -> weir.round() == own.round())
                        .map(weir -> own.p99() / weir.p99())
                        .findFirst()
                        .orElse(null))
            .filter(Objects::nonNull)
            .toList());
  }

  /// The balancers with this prefix that have runs beside Weir's.
  List<String> peers(String... prefixes) {
    return balancers.stream()
        .filter(name -> Stream.of(prefixes).anyMatch(name::startsWith))
        .filter(name -> !ratio(name).rounds().isEmpty())
        .toList();
  }
}
