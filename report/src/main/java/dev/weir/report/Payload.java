package dev.weir.report;

import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.run.RunRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The data of the page's charts: every figure is computed here, so the script only draws.
///
/// Its size is bounded for any run: windows instead of requests, thinned samples, and only the
/// containers, replicas and events that a reader can distinguish.
final class Payload {
  /// Windows of time per run.
  private static final int WINDOWS_MAX = 400;

  /// With fewer values, a percentile is little more than a maximum.
  private static final int VALUES_PER_WINDOW = 100;

  /// Fewer windows do not show a development.
  private static final int LATENCY_WINDOWS_MIN = 20;

  /// Points of all container series of all runs together.
  private static final int POINTS_MAX = 60_000;

  private static final int POINTS_PER_SERIES_MAX = 3_000;
  static final int CONTAINERS_MAX = 50;
  static final int REPLICAS_MAX = 30;
  static final int EVENTS_MAX = 200;

  private static final double[] STEPS = {
    .1, .2, .5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200,
    86_400, 604_800
  };

  private final List<RunRecord> runs;
  private final List<String> labels;
  private final double windowSeconds;
  private final double latencyWindowSeconds;
  private final int pointsPerSeries;

  Payload(List<RunRecord> runs, List<String> labels) {
    this.runs = runs;
    this.labels = labels;
    double span = runs.stream().mapToDouble(Payload::dueSpan).max().orElse(0);
    int requests = runs.stream().mapToInt(run -> run.requests().size()).max().orElse(0);
    windowSeconds = step(Math.max(1, span / WINDOWS_MAX));
    double wished = requests == 0 ? 1 : span / requests * VALUES_PER_WINDOW;
    latencyWindowSeconds =
        Math.max(windowSeconds, stepDown(Math.min(wished, span / LATENCY_WINDOWS_MIN)));
    int series =
        runs.stream().mapToInt(run -> 2 * Math.min(CONTAINERS_MAX, run.samples().size())).sum();
    pointsPerSeries = Math.min(POINTS_PER_SERIES_MAX, POINTS_MAX / Math.max(1, series));
  }

  double windowSeconds() {
    return windowSeconds;
  }

  double latencyWindowSeconds() {
    return latencyWindowSeconds;
  }

  String json() {
    var root = new LinkedHashMap<String, Object>();
    root.put("colours", Palette.of(names()));
    root.put("window", windowSeconds);
    root.put("latencyWindow", latencyWindowSeconds);
    var all = new ArrayList<Object>();
    for (int i = 0; i < runs.size(); i++) {
      all.add(run(runs.get(i), labels.get(i)));
    }
    root.put("runs", all);
    return PageJson.of(root);
  }

  /// Containers and replicas share their colours, because they are mostly the same.
  private Set<String> names() {
    var names = new TreeSet<String>();
    for (RunRecord run : runs) {
      names.addAll(run.samples().keySet());
      run.requests().forEach(request -> names.add(request.replica()));
    }
    names.remove("");
    return names;
  }

  private Map<String, Object> run(RunRecord run, String label) {
    List<RequestRecord> requests = run.requests();
    Timeline counted = Timeline.of(run, windowSeconds);
    Timeline timed = Timeline.of(run, latencyWindowSeconds);
    var out = new LinkedHashMap<String, Object>();
    out.put("label", label);
    out.put("start", counted.firstSecond());
    out.put("end", counted.endSecond());
    out.put("due", counted.due(requests));
    out.put("sent", counted.sent(requests));
    out.put("failed", counted.failed(requests));
    out.put("replicas", busiest(counted.byReplica(requests)));
    out.put("latencyStart", timed.firstSecond());
    List<Percentiles> latencies = timed.latencies(requests);
    for (int percent : new int[] {50, 95, 99}) {
      out.put("p" + percent, latencies.stream().mapToDouble(of -> of.millis(percent)).toArray());
    }
    out.put("curve", Summary.latencies(requests).curve());
    out.put("cpu", usage(run, Metric.CPU));
    out.put("memory", usage(run, Metric.MEMORY));
    out.put("events", events(run));
    RunScaling.of(run).ifPresent(scaling -> out.put("scale", scaling.tree(timed)));
    return out;
  }

  /// The busiest replicas by name, and the sum of the others, so that the stack still shows the
  /// total.
  private static Map<String, Object> busiest(Map<String, int[]> byReplica) {
    List<String> ranked =
        byReplica.entrySet().stream()
            .sorted(Comparator.comparingInt(entry -> -Arrays.stream(entry.getValue()).sum()))
            .map(Map.Entry::getKey)
            .toList();
    var busiest = new LinkedHashMap<String, Object>();
    ranked.stream()
        .limit(REPLICAS_MAX)
        .sorted(NaturalOrder.NAMES)
        .forEach(name -> busiest.put(name, byReplica.getOrDefault(name, new int[0])));
    List<String> others = ranked.stream().skip(REPLICAS_MAX).toList();
    others.stream()
        .map(name -> byReplica.getOrDefault(name, new int[0]))
        .reduce(Payload::sum)
        .ifPresent(sum -> busiest.put(others.size() + " others", sum));
    return busiest;
  }

  private static int[] sum(int[] one, int[] other) {
    var sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }

  private List<Object> usage(RunRecord run, Metric metric) {
    return UsageSeries.of(run, metric).stream()
        .filter(series -> !series.isEmpty())
        .sorted(Comparator.comparingDouble(series -> -series.maximum()))
        .limit(CONTAINERS_MAX)
        .sorted(Comparator.comparing(Series::name, NaturalOrder.NAMES))
        .map(series -> series.thinned(pointsPerSeries))
        .<Object>map(series -> Map.of("name", series.name(), "points", flat(series)))
        .toList();
  }

  private static double[] flat(Series series) {
    var flat = new double[2 * series.size()];
    for (int i = 0; i < series.size(); i++) {
      flat[2 * i] = series.second(i);
      flat[2 * i + 1] = series.value(i);
    }
    return flat;
  }

  private static List<Object> events(RunRecord run) {
    Clock clock = Clock.of(run);
    return run.events().stream()
        .filter(event -> !RunScaling.isCount(event))
        .limit(EVENTS_MAX)
        .map(event -> event(clock, event))
        .toList();
  }

  private static Object event(Clock clock, RunEvent event) {
    return List.of(clock.at(event.at()), event.kind(), event.subject(), event.text());
  }

  private static double dueSpan(RunRecord run) {
    long first = run.requests().stream().mapToLong(RequestRecord::dueNanos).min().orElse(0);
    long last = run.requests().stream().mapToLong(RequestRecord::dueNanos).max().orElse(0);
    return (last - first) / 1e9;
  }

  /// The smallest step at or above `seconds`.
  private static double step(double seconds) {
    return Arrays.stream(STEPS).filter(step -> step >= seconds).findFirst().orElse(seconds);
  }

  /// The largest step at or below `seconds`.
  private static double stepDown(double seconds) {
    return Arrays.stream(STEPS).filter(step -> step <= seconds).max().orElse(STEPS[0]);
  }
}
