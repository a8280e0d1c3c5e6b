package dev.weir.scale;

import dev.weir.arrivals.ArrivalFigures;
import dev.weir.run.RequestTrace;
import java.util.Arrays;
import java.util.Optional;

/// What the requests of a run asked of a service: their gaps, and their times as the work. Those
/// times also hold all waiting, so they are an upper bound of the work.
public final class RecordedDemand {
  /// So many responses are needed.
  public static final int RESPONSES_MIN = 100;

  private final RequestTrace trace;
  private final WorkHistogram work = WorkHistogram.ofAll();
  private final double meanSeconds;

  private RecordedDemand(RequestTrace trace, double[] durations) {
    this.trace = trace;
    Arrays.stream(durations).forEach(work::note);
    this.meanSeconds = Arrays.stream(durations).average().orElseThrow();
  }

  /// The demand of recorded requests; empty if there are too few responses.
  public static Optional<RecordedDemand> of(RequestTrace trace) {
    double[] durations = trace.durationSeconds();
    return durations.length < RESPONSES_MIN
        ? Optional.empty()
        : Optional.of(new RecordedDemand(trace, durations));
  }

  /// Mean time of a request in seconds.
  public double meanSeconds() {
    return meanSeconds;
  }

  /// The times of the requests.
  public WorkHistogram work() {
    return work;
  }

  /// Rate and burstiness of the requests.
  ///
  /// @param workSeconds the mean work; bursts shorter than some works do not fill a queue
  public ArrivalFigures arrivals(double workSeconds) {
    return ArrivalFigures.of(trace.sentSeconds(), ArrivalFigures.BIN_WORKS * workSeconds);
  }

  /// All of it.
  public Demand demand() {
    ArrivalFigures arrivals = arrivals(meanSeconds);
    return new Demand(arrivals.ratePerSecond(), arrivals.burstiness(), work.law(meanSeconds));
  }
}
