package dev.weir.cli.size;

import dev.weir.scale.Demand;
import dev.weir.scale.Prediction;
import dev.weir.store.folder.RunJson;
import java.util.LinkedHashMap;
import java.util.Map;

/// A sizing as programs read it; infinite times are `null`.
final class SizingJson {
  private SizingJson() {}

  /// One JSON document.
  static String of(Sizing sizing) {
    var document = new LinkedHashMap<String, Object>();
    document.put("demand", demand(sizing.subject().demand()));
    document.put("slots", sizing.subject().slots());
    document.put("promise", sizing.promise().text());
    document.put("replicas", sizing.need().replicas());
    document.put("kept", sizing.need().isKept());
    document.put("attainable", sizing.need().isAttainable());
    document.put("why", new SizingText(sizing).why());
    document.put("notes", sizing.subject().notes());
    document.put("rows", sizing.rows().stream().map(row -> row(sizing, row)).toList());
    return RunJson.pretty(document);
  }

  private static Map<String, Object> demand(Demand demand) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("ratePerSecond", demand.ratePerSecond());
    tree.put("gapScv", demand.gapScv());
    tree.put("workMeanSeconds", demand.work().meanSeconds());
    tree.put("workScv", demand.work().scv());
    return tree;
  }

  private static Map<String, Object> row(Sizing sizing, Sizing.Row row) {
    Prediction prediction = row.prediction();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("replicas", row.replicas());
    tree.put("cost", (double) row.replicas() / sizing.need().replicas());
    tree.put("utilisation", prediction.utilisation());
    tree.put("waitProbability", prediction.waitProbability());
    tree.put("p50Seconds", prediction.percentileSeconds(50));
    tree.put("p95Seconds", prediction.percentileSeconds(95));
    tree.put("p99Seconds", prediction.percentileSeconds(99));
    tree.put("promisedSeconds", prediction.percentileSeconds(sizing.promise().percentile()));
    tree.put("keeps", prediction.keeps(sizing.promise()));
    row.replayed().ifPresent(figures -> tree.put("replayed", figures));
    return tree;
  }
}
