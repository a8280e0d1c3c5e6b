package dev.weir.report;

import dev.weir.report.ScaleChart.Line;
import dev.weir.run.ReplicaCounts;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.run.RunRecord;
import dev.weir.run.ScaleDecided;
import dev.weir.scale.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// How a service was scaled during a run: arrivals, replicas, response times and decisions over
/// time.
///
/// @param run which recorded counts of replicas
/// @param promise the latency to keep; empty if the run does not say
/// @param counts the replicas over time, in seconds since the load began
/// @param decisions the decisions that changed their number
record RunScaling(
    RunRecord run, Optional<Promise> promise, List<Counted> counts, List<Decided> decisions) {
  /// The setting of a run that says what was promised.
  private static final String PROMISE = "promise";

  private static final double PERCENTILE_USUAL = 99;

  /// Points of each line; more cannot be told apart.
  private static final int POINTS_MAX = 2_000;

  /// The counts of replicas from an instant on.
  record Counted(double seconds, ReplicaCounts counts) {}

  /// A decision at an instant.
  record Decided(double seconds, ScaleDecided decided) {}

  /// Of a run; empty if it recorded no counts of replicas.
  static Optional<RunScaling> of(RunRecord run) {
    Clock clock = Clock.of(run);
    var counts = new ArrayList<Counted>();
    var decisions = new ArrayList<Decided>();
    for (RunEvent event : run.events()) {
      double at = clock.at(event.at());
      ReplicaCounts.of(event).ifPresent(counted -> counts.add(new Counted(at, counted)));
      ScaleDecided.of(event).ifPresent(decided -> decisions.add(new Decided(at, decided)));
    }
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    Optional<Promise> promise =
        Optional.ofNullable(run.info().facts().get(PROMISE))
            .map(promised -> Promise.parse(PROMISE, promised));
    return Optional.of(new RunScaling(run, promise, List.copyOf(counts), List.copyOf(decisions)));
  }

  /// Whether an event is a count that the panel draws; lists of events leave these out.
  static boolean isCount(RunEvent event) {
    return event.kind().equals(ReplicaCounts.KIND);
  }

  private double percentile() {
    return promise.map(Promise::percentile).orElse(PERCENTILE_USUAL);
  }

  /// For the page's script: milliseconds for latencies, seconds for instants.
  Map<String, Object> tree(Timeline timed) {
    var tree = new LinkedHashMap<String, Object>();
    String text = promise.map(Promise::text).orElse("");
    tree.put("percentile", promise.isPresent() ? text.replaceFirst("<.*", "") : "p99");
    tree.put("promise", text);
    tree.put("bound", promise.map(kept -> kept.seconds() * 1e3).orElse(Double.NaN));
    tree.put("latency", percentileMillis(timed));
    int step = Math.ceilDiv(counts.size(), POINTS_MAX);
    tree.put(
        "counts",
        IntStream.range(0, counts.size())
            .filter(i -> i % step == 0 || i == counts.size() - 1)
            .mapToObj(counts::get)
            .map(one -> new double[] {one.seconds, one.counts.desired(), one.counts.running()})
            .toList());
    tree.put(
        "decisions",
        decisions.stream()
            .<Object>map(one ->
                List.of(
                    one.seconds, one.decided.replicas(), one.decided.before(), one.decided.words()))
            .toList());
    return tree;
  }

  private double[] percentileMillis(Timeline timed) {
    return timed.latencies(run.requests()).stream()
        .mapToDouble(of -> of.millis(percentile()))
        .toArray();
  }

  /// Arrivals per second in windows of so many seconds.
  Line arrivals(String name, double windowSeconds) {
    Timeline timeline = Timeline.of(run, windowSeconds);
    int[] due = timeline.due(run.requests());
    double[] rates = Arrays.stream(due).mapToDouble(count -> count / windowSeconds).toArray();
    return line(name, timeline, windowSeconds, rates);
  }

  /// The promised percentile in seconds, in such windows.
  Line percentiles(String name, double windowSeconds) {
    Timeline timeline = Timeline.of(run, windowSeconds);
    double[] millis = percentileMillis(timeline);
    return line(name, timeline, windowSeconds, Arrays.stream(millis).map(ms -> ms / 1e3).toArray());
  }

  /// Without the last window, if its greater part lies behind the last request.
  private Line line(String name, Timeline timeline, double windowSeconds, double[] values) {
    List<Double> seconds =
        IntStream.range(0, values.length)
            .mapToObj(i -> timeline.firstSecond() + (i + 0.5) * windowSeconds)
            .takeWhile(middle -> middle <= endSecond())
            .toList();
    return new Line(name, seconds, Arrays.stream(values).limit(seconds.size()).boxed().toList());
  }

  /// When the last request was due.
  private double endSecond() {
    long last = run.requests().stream().mapToLong(RequestRecord::dueNanos).max().orElse(0);
    return Math.max(0, Clock.of(run).at(last));
  }

  /// Counts of replicas as steps, until the last request was due.
  Line replicas(String name, ToIntFunction<ReplicaCounts> figure) {
    double end = endSecond();
    var seconds = new ArrayList<Double>();
    var values = new ArrayList<Double>();
    for (int i = 0; i < counts.size(); i++) {
      double next = i + 1 < counts.size() ? counts.get(i + 1).seconds : end;
      double from = Math.clamp(counts.get(i).seconds, 0, end);
      double to = Math.clamp(next, 0, end);
      if (to > from) {
        seconds.addAll(List.of(from, to));
        double value = figure.applyAsInt(counts.get(i).counts);
        values.addAll(List.of(value, value));
      }
    }
    return new Line(name, List.copyOf(seconds), List.copyOf(values));
  }
}
