package dev.weir.load.record;

import dev.weir.run.RequestRecord;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/// Writes a run as an HdrHistogram interval log, version 1.3 with V2 histograms, one line a second:
/// latencies without a tag, service times and lags with one.
public final class HdrLog {
  private static final int DIGITS = 3;
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private HdrLog() {}

  /// Writes the lines before the intervals.
  public static void begin(PrintStream out) {
    var writer = new HistogramLogWriter(out);
    writer.outputComment("[Latencies of a weir run; values in nanoseconds]");
    writer.outputLogFormatVersion();
  }

  /// Writes the intervals, by the ends of requests.
  public static void write(PrintStream out, LoadResult result) {
    var writer = new HistogramLogWriter(out);
    long startMillis = result.startedAt().toEpochMilli();
    writer.outputStartTime(startMillis);
    writer.setBaseTime(startMillis);
    writer.outputBaseTime(startMillis);
    writer.outputLegend();
    List<RequestRecord> responded =
        result.records().stream()
            .filter(r -> r.error().isEmpty() || r.error().equals("timeout"))
            .toList();
    Instant start = Instant.ofEpochMilli(startMillis);
    series(writer, start, responded, "", RequestRecord::latencyNanos);
    series(writer, start, responded, "service", RequestRecord::serviceNanos);
    series(writer, start, result.records(), "lag", RequestRecord::lagNanos);
  }

  private static void series(
      HistogramLogWriter writer,
      Instant start,
      List<RequestRecord> requests,
      String tag,
      ToLongFunction<RequestRecord> value) {
    var intervals = new TreeMap<Long, Histogram>();
    for (RequestRecord request : requests) {
      long interval = Math.max(0, request.respondedNanos()) / INTERVAL_NANOS;
      intervals
          .computeIfAbsent(interval, second -> interval(start.plusSeconds(second), tag))
          .recordValue(Math.max(0, value.applyAsLong(request)));
    }
    intervals.values().forEach(writer::outputIntervalHistogram);
  }

  private static Histogram interval(Instant from, String tag) {
    var histogram = new Histogram(DIGITS);
    histogram.setAutoResize(true);
    histogram.setStartTimeStamp(from.toEpochMilli());
    histogram.setEndTimeStamp(from.plusNanos(INTERVAL_NANOS).toEpochMilli());
    if (!tag.isEmpty()) {
      histogram.setTag(tag);
    }
    return histogram;
  }
}
