package dev.weir.store.folder;

import dev.weir.run.ContainerSample;

/// One line of a samples file, in the form of cAdvisor's ContainerStats. So programs that read
/// cAdvisor's documents can read ours, and our reader reads cAdvisor's.
///
/// `container`, `node` and `source` are our own fields; ContainerStats has no such names. Unknown
/// values are left out.
public final class SampleLine {
  private SampleLine() {}

  static byte[] of(ContainerSample sample) {
    return RunJson.line(json -> {
      json.writeStringProperty("timestamp", RunJson.timestamp(sample.timestamp()));
      json.writeObjectPropertyStart("cpu");
      json.writeObjectPropertyStart("usage");
      json.writeNumberProperty("total", sample.cpuTotalNanos());
      if (sample.cpuUserNanos() >= 0) {
        json.writeNumberProperty("user", sample.cpuUserNanos());
      }
      if (sample.cpuSystemNanos() >= 0) {
        json.writeNumberProperty("system", sample.cpuSystemNanos());
      }
      json.writeEndObject();
      json.writeEndObject();
      json.writeObjectPropertyStart("memory");
      if (sample.memoryUsageBytes() >= 0) {
        json.writeNumberProperty("usage", sample.memoryUsageBytes());
      }
      if (sample.memoryWorkingSetBytes() >= 0) {
        json.writeNumberProperty("working_set", sample.memoryWorkingSetBytes());
      }
      json.writeEndObject();
      json.writeStringProperty("container", sample.container());
      json.writeStringProperty("node", sample.node());
      json.writeStringProperty("source", sample.source());
    });
  }

  /// Reads a line; `container` names the container if the document does not.
  ///
  /// @throws IllegalArgumentException if it is not such a document
  public static ContainerSample parse(String line, String container) {
    return new SampleParser(container).parse(line);
  }
}
