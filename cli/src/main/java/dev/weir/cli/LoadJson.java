package dev.weir.cli;

import dev.weir.load.Distribution;
import dev.weir.load.LoadResult;
import dev.weir.store.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

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
    return Json.pretty(document) + "\n";
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

  private static Map<String, Object> distribution(Distribution values) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("count", values.count());
    figures.put("min", values.minNanos());
    figures.put("mean", values.meanNanos());
    for (double percent : LoadSummary.PERCENTILES) {
      figures.put(LoadSummary.percentileName(percent), values.percentileNanos(percent));
    }
    figures.put("max", values.maxNanos());
    return figures;
  }
}
