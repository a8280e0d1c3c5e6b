package dev.weir.proxy.admin;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Gauges that have a value for each of several things, such as services.
///
/// @param page to which they are added
/// @param rows the things
/// @param labels tells them apart
record Gauges<T>(MetricSnapshots.Builder page, List<T> rows, Function<T, Labels> labels) {
  /// Adds one.
  void add(String name, String help, ToDoubleFunction<T> value) {
    var gauge = GaugeSnapshot.builder().name(name).help(help);
    for (T row : rows) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .value(value.applyAsDouble(row))
              .labels(labels.apply(row))
              .build());
    }
    page.metricSnapshot(gauge.build());
  }
}
