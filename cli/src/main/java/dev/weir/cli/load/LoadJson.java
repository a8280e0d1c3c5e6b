package dev.weir.cli.load;

import dev.weir.load.record.Distribution;
import dev.weir.load.record.LoadResult;
import dev.weir.store.folder.RunJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The result of a run as one JSON document; durations in nanoseconds, as their names say.
final class LoadJson {
  private LoadJson() {}

  /// The document.
  ///
  /// @param command the command that repeats the run
  static String write(LoadResult result, String command, String url, long seed) {
    var document = new LinkedHashMap<String, Object>();
    document.put("command", command);
    document.put("url", url);
    document.put("seed", seed);
    document.put("startedAt", result.startedAt().toString());
    document.put("stopped", result.stopped());
    document.put("requests", result.records().size());
    document.put("errorCount", result.errorCount());
    document.put("statuses", counts(result.statuses()));
    document.put("errors", result.errors());
    document.put("replicas", result.replicas());
    document.put("latencyNanos", distribution(result.latency()));
    document.put("serviceNanos", distribution(result.service()));
    document.put("lagNanos", distribution(result.lag()));
    document.put("certificate", result.certificate());
    return RunJson.pretty(document) + "\n";
  }

  private static Map<String, Long> counts(Map<Integer, Long> statuses) {
    return statuses.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> String.valueOf(entry.getKey()),
                Map.Entry::getValue,
                Long::sum,
                LinkedHashMap::new));
  }

  /// Its figures; null where nothing was measured.
  private static Map<String, @Nullable Object> distribution(Distribution values) {
    var figures = new LinkedHashMap<String, @Nullable Object>();
    figures.put("count", values.count());
    boolean known = values.count() > 0;
    figures.put("min", known ? values.minNanos() : null);
    figures.put("mean", known ? values.meanNanos() : null);
    for (double percent : LoadSummary.PERCENTILES) {
      figures.put(
          LoadSummary.percentileName(percent), known ? values.percentileNanos(percent) : null);
    }
    figures.put("max", known ? values.maxNanos() : null);
    return figures;
  }
}
