import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds for each error of a client the fault that explains it, and whether Weir could have hidden
/// that fault.
///
/// A fault can be hidden if nothing of a response had come and the request may be sent again: a
/// reset, or a replica that is killed, once. A second one in the same request cannot. Nor can half
/// a response, garbage, silence, or anything that meets a POST that a replica took.
final class SoakJudge {
  /// A time in which a replica was dead or silent.
  record Outage(int port, long fromMillis, long toMillis) {
    private static final long SLACK_MILLIS = 50;

    boolean meets(SoakClient.Result result) {
      return fromMillis <= result.toMillis() + SLACK_MILLIS
          && toMillis >= result.fromMillis() - SLACK_MILLIS;
    }
  }

  private static final List<String> HIDEABLE = List.of("RESET", "killed");

  private static final List<String> NO_FAULTS = List.of("took", "responded", "left");

  private final Map<Long, List<Journal.Entry>> journal;
  /// What explains an error that met no replica.
  static final String MEMORY = "memory was used up";

  private final List<Outage> outages;
  private final SoakRefusals refusals;

  SoakJudge(
      Map<Long, List<Journal.Entry>> journal, List<Outage> outages, SoakRefusals refusals) {
    this.journal = journal;
    this.outages = outages;
    this.refusals = refusals;
  }

  /// What explains the error; empty if nothing does.
  String explains(SoakClient.Result result) {
    List<String> faults = faults(result.request().id());
    List<String> open = faults.stream().filter(fault -> !HIDEABLE.contains(fault)).toList();
    SoakRequest request = result.request();
    if (result.stuck() || result.error().startsWith("a response of another")) {
      return "";
    }
    if (!open.isEmpty()) {
      return open.getLast();
    }
    if (!faults.isEmpty() && (!request.kind().repeatable || !request.keeps())) {
      return faults.getLast();
    }
    if (faults.size() >= 2) {
      return faults.getFirst() + " and " + faults.get(1);
    }
    if (!faults.isEmpty() && inMidResponse(request)) {
      return faults.getFirst() + " in mid-response";
    }
    if (!request.kind().repeatable && outage(result)) {
      return "killed before it noted the request";
    }
    if (entries(request.id()).isEmpty()) {
      return refusals.explains(result) ? MEMORY : "";
    }
    return killedAsItResponded(result) ? "killed as it responded" : "";
  }

  /// Whether the response had begun: a big one may be on its way for some time.
  private static boolean inMidResponse(SoakRequest request) {
    return request.kind() == SoakRequest.Kind.BIG;
  }

  /// The faults that a request met, in order. Silence that ends with a reset is that reset.
  private List<String> faults(long id) {
    List<Journal.Entry> all = entries(id);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Journal.Entry entry = all.get(i);
      boolean ends =
          all.subList(i, all.size()).stream()
              .anyMatch(e -> e.port() == entry.port() && e.what().equals("killed"));
      if (!NO_FAULTS.contains(entry.what()) && !(ends && entry.what().equals("SILENT"))) {
        found.add(entry.what());
      }
    }
    return found;
  }

  /// What the replicas did to a request.
  List<Journal.Entry> entries(long id) {
    return journal.getOrDefault(id, List.of());
  }

  /// A kill resets connections, and a reset overtakes the end of a response on its way.
  private boolean killedAsItResponded(SoakClient.Result result) {
    return entries(result.request().id()).stream()
        .filter(entry -> entry.what().equals("responded"))
        .anyMatch(entry ->
            outages.stream().anyMatch(out -> out.port == entry.port() && out.meets(result)));
  }

  private boolean outage(SoakClient.Result result) {
    return outages.stream().anyMatch(out -> out.meets(result));
  }

  /// POSTs that replicas took more than once.
  List<Long> twice(List<SoakClient.Result> failed) {
    List<Long> found = new ArrayList<>();
    for (SoakClient.Result result : failed) {
      SoakRequest request = result.request();
      long taken = entries(request.id()).stream().filter(e -> e.what().equals("took")).count();
      if (!request.kind().repeatable && taken > 1) {
        found.add(request.id());
      }
    }
    return found;
  }

  /// How many requests met a fault, by fault.
  Map<String, Integer> committed() {
    Map<String, Integer> byFault = new TreeMap<>();
    for (long id : journal.keySet()) {
      faults(id).forEach(fault -> byFault.merge(fault, 1, Integer::sum));
    }
    return byFault;
  }
}
