import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// One phase of one run of bench/tails: the figures of `weir load`, and how late the replicas were.
///
/// @param testCase such as slots4-85
/// @param phase cold, warm or event
/// @param verdict of the load: VALID, DEGRADED or VOID
/// @param counts whether the load was what was asked for
/// @param busy whether the machine kept the sender from sending in time
/// @param p50 in milliseconds, as p99 and mean
/// @param failed requests without a response or with a status of 400 and above
/// @param connectionErrors those of them that found no connection or lost it
/// @param late responses that a replica sent more than 5 ms late
record TailsTrial(
    String testCase,
    String phase,
    int round,
    String balancer,
    String verdict,
    boolean counts,
    boolean busy,
    double p50,
    double p99,
    double mean,
    long requests,
    long failed,
    long connectionErrors,
    double late) {
  private static final Pattern WAITED = Pattern.compile("waited for one of (\\d+) connections");

  /// The mean in flight, as a share of the sender's connections, from which on the balancer is to
  /// blame that none was free.
  private static final double HELD_SHARE = 0.1;

  /// What `weir load` calls errors that are no fault of a connection.
  private static final Set<String> OTHER_ERRORS = Set.of("timeout", "malformed", "stopped");

  /// Reads the runs that a file of tab-separated lines names.
  static List<TailsTrial> read(Path file) throws IOException {
    var mapper = new ObjectMapper();
    List<TailsTrial> trials = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] column = line.split("\t");
      JsonNode load = mapper.readTree(Files.readString(Path.of(column[4] + ".json")));
      double late = lateShare(Files.readAllLines(Path.of(column[4] + ".stats")));
      trials.add(of(column, load, late));
    }
    return trials;
  }

  private static TailsTrial of(String[] column, JsonNode load, double late) {
    JsonNode certificate = load.get("certificate");
    String verdict = certificate.get("verdict").asString();
    JsonNode latency = load.get("latencyNanos");
    return new TailsTrial(
        column[0],
        column[1],
        Integer.parseInt(column[2]),
        column[3],
        verdict,
        !verdict.equals("VOID") || balancerHeldAll(load),
        reasons(certificate).contains("lag p99") || reasons(certificate).contains("stalled"),
        latency.get("p50").asDouble() / 1e6,
        latency.get("p99").asDouble() / 1e6,
        latency.get("mean").asDouble() / 1e6,
        load.get("requests").asLong(),
        load.get("errorCount").asLong(),
        connectionErrors(load.get("errors")),
        late);
  }

  /// Whether the sender was late because the balancer held its connections, which is a finding, and
  /// not because the machine stalled. By Little's law, rate times mean latency is in flight.
  private static boolean balancerHeldAll(JsonNode load) {
    JsonNode certificate = load.get("certificate");
    Matcher waited = WAITED.matcher(reasons(certificate));
    double meanSeconds = load.get("latencyNanos").get("mean").asDouble() / 1e9;
    double inFlight = certificate.get("scheduledPerSecond").asDouble() * meanSeconds;
    return waited.find() && inFlight > HELD_SHARE * Integer.parseInt(waited.group(1));
  }

  private static String reasons(JsonNode certificate) {
    return certificate.get("reasons").toString();
  }

  private static long connectionErrors(JsonNode errors) {
    return errors.propertyStream()
        .filter(error -> !OTHER_ERRORS.contains(error.getKey()))
        .mapToLong(error -> error.getValue().asLong())
        .sum();
  }

  /// Lines of port, responses, late responses, work.
  private static double lateShare(List<String> stats) {
    long served = stats.stream().mapToLong(line -> Long.parseLong(line.split(" ")[1])).sum();
    long late = stats.stream().mapToLong(line -> Long.parseLong(line.split(" ")[2])).sum();
    return (double) late / Math.max(1, served);
  }
}
