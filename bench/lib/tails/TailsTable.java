import dev.weir.stats.Ratio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/// Prints what the runs of bench/tails show: a table and the verdicts for each phase of each case.
final class TailsTable {
  private static final String ROW = "%-16s %8s %8s %8s %8s %6s  %s%n";
  private static final double LATE_SHARE = 0.01;
  private static final double FAILED_SHARE = 0.01;

  private TailsTable() {}

  /// @param args the list of runs, the balancers with commas, and where JSON goes, if anywhere
  public static void main(String[] args) throws IOException {
    List<TailsTrial> trials = TailsTrial.read(Path.of(args[0]));
    List<TailsGroup> groups = groups(trials, List.of(args[1].split(",")));
    groups.forEach(TailsTable::print);
    if (!args[2].isEmpty()) {
      Files.writeString(Path.of(args[2]), json(groups));
    }
  }

  private static List<TailsGroup> groups(List<TailsTrial> trials, List<String> balancers) {
    var names = new LinkedHashSet<List<String>>();
    trials.forEach(trial -> names.add(List.of(trial.testCase(), trial.phase())));
    return names.stream()
        .map(
            name ->
                new TailsGroup(
                    name.get(0),
                    name.get(1),
                    balancers,
                    trials.stream()
                        .filter(t -> List.of(t.testCase(), t.phase()).equals(name))
                        .toList()))
        .toList();
  }

  private static void print(TailsGroup group) {
    System.out.printf("%n%s, %s%n", group.testCase(), group.phase());
    System.out.printf(
        ROW, "balancer", "p50 ms", "p99 ms", "mean ms", "errors", "conn.", "p99 / weir's p99");
    for (String balancer : group.balancers()) {
      System.out.printf(
          ROW,
          balancer,
          number(group.median(balancer, TailsTrial::p50)),
          number(group.median(balancer, TailsTrial::p99)),
          number(group.median(balancer, TailsTrial::mean)),
          count(group.median(balancer, TailsTrial::failed)),
          count(group.median(balancer, TailsTrial::connectionErrors)),
          balancer.equals(TailsGroup.WEIR) ? "1" : ratio(group.ratio(balancer)));
    }
    notes(group).forEach(note -> System.out.println("  note: " + note));
    TailsTargets.of(group).forEach(verdict -> System.out.println("  " + verdict));
  }

  private static List<String> notes(TailsGroup group) {
    List<String> notes = new ArrayList<>();
    long all = group.trials().size();
    long left = group.trials().stream().filter(trial -> !trial.counts()).count();
    long degraded = group.trials().stream().filter(t -> t.counts() && t.busy()).count();
    long late = group.trials().stream().filter(t -> t.late() > LATE_SHARE).count();
    if (left > 0) {
      notes.add("%d of %d runs left out: their load is VOID".formatted(left, all));
    }
    if (degraded > 0) {
      notes.add("%d of %d runs count although the machine was busy: their load is DEGRADED".formatted(degraded, all));
    }
    if (late > 0) {
      notes.add(
          "%d of %d runs in which more than 1 %% of the responses left the replica > 5 ms late"
              .formatted(late, all));
    }
    for (String balancer : group.balancers()) {
      double share = group.median(balancer, t -> (double) t.failed() / t.requests());
      if (share > FAILED_SHARE) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%s fails %.1f %% of the requests; its latencies are mostly those of the others",
                balancer,
                share * 100));
      }
    }
    return notes;
  }

  private static String number(double value) {
    String format = Double.isNaN(value) ? "-" : value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }

  private static String count(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.0f", value);
  }

  private static String ratio(Ratio ratio) {
    if (ratio.rounds().isEmpty()) {
      return "-";
    }
    return ratio.hasInterval()
        ? String.format(
            Locale.ROOT, "%.2f  (%.2f to %.2f)", ratio.mean(), ratio.low(), ratio.high())
        : String.format(Locale.ROOT, "%.2f", ratio.mean());
  }

  private static String json(List<TailsGroup> groups) {
    var mapper = new ObjectMapper();
    var all = new ArrayList<Map<String, Object>>();
    for (TailsGroup group : groups) {
      var phase = new LinkedHashMap<String, Object>();
      phase.put("case", group.testCase());
      phase.put("phase", group.phase());
      phase.put("balancers", group.balancers().stream().map(name -> row(group, name)).toList());
      phase.put("notes", notes(group));
      phase.put(
          "verdicts",
          TailsTargets.of(group).stream()
              .map(
                  v ->
                      Map.of(
                          "target", v.text(),
                          "least", v.least(),
                          "peer", v.peer(),
                          "ratio", v.ratio().mean(),
                          "met", v.met(),
                          "withinNoise", v.open()))
              .toList());
      phase.put("runs", group.trials());
      all.add(phase);
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
  }

  private static Map<String, Object> row(TailsGroup group, String balancer) {
    Ratio ratio = group.ratio(balancer);
    var row = new LinkedHashMap<String, Object>();
    row.put("balancer", balancer);
    row.put("p50Millis", finite(group.median(balancer, TailsTrial::p50)));
    row.put("p99Millis", finite(group.median(balancer, TailsTrial::p99)));
    row.put("meanMillis", finite(group.median(balancer, TailsTrial::mean)));
    row.put("errors", finite(group.median(balancer, TailsTrial::failed)));
    row.put("connectionErrors", finite(group.median(balancer, TailsTrial::connectionErrors)));
    row.put("ratio", finite(ratio.mean()));
    row.put("ratioLow", ratio.hasInterval() ? ratio.low() : null);
    row.put("ratioHigh", ratio.hasInterval() ? ratio.high() : null);
    return row;
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
