import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Runs the cases of bench/abuse one after another, HAProxy before Weir, and prints the results.
///
/// Run as `java Abuse CASES BALANCERS SCALE WORK WEIR JSON full|brief`. Ends with 1 if a case
/// failed.
final class Abuse {
  /// What a trial takes beside the attack: starts, before, after, stop.
  private static final double MORE_SECONDS = 14;

  private final Setup setup;
  private final List<String> balancers;
  private final List<AbuseTable.Row> rows = new ArrayList<>();
  private double planned;
  private double done;
  private int count;
  private int number;
  private final long begin = System.nanoTime();
  private int broken;

  private Abuse(Setup setup, List<String> balancers) {
    this.setup = setup;
    this.balancers = balancers;
  }

  public static void main(String[] args) throws Exception {
    var setup =
        new Setup(Path.of(args[3]), args[4], Double.parseDouble(args[2]), args[6].equals("brief"));
    var abuse = new Abuse(setup, List.of(args[1].split(",")));
    List<AbuseCase> cases = new ArrayList<>();
    for (String name : args[0].split(",")) {
      cases.add(AbuseCases.named(name, setup.scale()));
    }
    cases.removeIf(each -> !abuse.possible(each));
    abuse.run(cases);
    AbuseTable.print(abuse.rows);
    if (!args[5].isEmpty()) {
      Files.writeString(Path.of(args[5]), AbuseTable.json(abuse.rows));
    }
    boolean held =
        abuse.rows.stream().allMatch(row -> row.verdict() == null || row.verdict().held());
    System.exit(held && abuse.broken == 0 ? 0 : 1);
  }

  private boolean possible(AbuseCase each) {
    String lack =
        each.deafNames && !works("unshare", "-m", "true")
            ? "it takes root, for a name server of its own"
            : !each.needs.isEmpty()
                    && !works(
                        "sh", "-c", setup.weir() + " balance --help | grep -q -- " + each.needs)
                ? "weir balance has no " + each.needs
                : "";
    if (!lack.isEmpty()) {
      say(each.name + " is left out: " + lack);
    }
    return lack.isEmpty();
  }

  private static boolean works(String... command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private boolean runs(AbuseCase each, String balancer) {
    return balancers.contains(balancer) && (balancer.equals(BalancerProcess.WEIR) || each.haproxy);
  }

  private void run(List<AbuseCase> cases) throws Exception {
    for (AbuseCase each : cases) {
      for (String balancer : balancers) {
        planned += runs(each, balancer) ? seconds(each) : 0;
        count += runs(each, balancer) ? 1 : 0;
      }
    }
    say(count + " runs, about " + minutes(planned));
    for (AbuseCase each : cases) {
      try {
        run(each);
      } catch (IOException e) {
        broken++;
        say(each.name + ": not judged: " + e.getMessage());
      }
    }
  }

  private void run(AbuseCase each) throws Exception {
    Outcome peer =
        runs(each, BalancerProcess.HAPROXY) ? trial(each, BalancerProcess.HAPROXY) : null;
    if (peer != null) {
      rows.add(new AbuseTable.Row(each, peer, null));
    }
    if (!runs(each, BalancerProcess.WEIR)) {
      return;
    }
    Outcome weir = trial(each, BalancerProcess.WEIR);
    Verdict verdict = Verdict.of(each, weir, peer);
    if (verdict.open()) {
      say(each.name + " once more, since the machine was busy: " + verdict.doubt());
      count++;
      planned += seconds(each);
      weir = trial(each, BalancerProcess.WEIR);
      verdict = Verdict.of(each, weir, peer);
    }
    rows.add(new AbuseTable.Row(each, weir, verdict));
    say(
        each.name
            + ": "
            + (verdict.held() ? "held" : "FAILED: " + String.join("; ", verdict.faults())));
  }

  private Outcome trial(AbuseCase each, String balancer) throws Exception {
    number++;
    double passed = (System.nanoTime() - begin) / 1e9;
    double left = done > 0 ? (planned - done) * passed / done : planned;
    say(
        "%d of %d: %s, %s: %s; about %s to go"
            .formatted(number, count, each.name, balancer, each.what, minutes(left)));
    Outcome outcome = Trial.run(each, balancer, setup);
    done += seconds(each);
    return outcome;
  }

  private double seconds(AbuseCase each) {
    return (each.seconds + MORE_SECONDS - (each.ends ? 7 : 0)) * (setup.brief() ? .5 : 1);
  }

  private static String minutes(double seconds) {
    return seconds < 90
        ? "%.0f s".formatted(seconds)
        : String.format(Locale.ROOT, "%.0f min", Math.ceil(seconds / 60));
  }

  private static void say(String text) {
    System.err.println("bench/abuse: " + text);
  }
}
