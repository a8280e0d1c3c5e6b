package dev.weir.observe.container;

import dev.weir.observe.http.Documents;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The engine's own statistics: `GET /containers/{id}/stats`, one-shot or a line of the stream.
///
/// @param read when the engine read the figures
/// @param usage the figures
public record DockerStats(Instant read, ContainerUsage usage) {
  /*
   * Only the cumulative counters are used. precpu_stats, which the docker CLI subtracts, is empty
   * in a one-shot response and in a stream's first line.
   *
   * memory_stats.usage is the group's own figure, page cache included; the stats beside it are the
   * lines of memory.stat, whose names show the version: total_inactive_file of 1, inactive_file of
   * 2. A container that does not run has counters of zero and no memory at all.
   */

  /// Reads one response; empty if the container did not run.
  ///
  /// @throws IOException if it is not such a document
  public static Optional<DockerStats> parse(String text) throws IOException {
    JsonNode json = Documents.object(text);
    JsonNode cpu = json.path("cpu_stats").path("cpu_usage");
    JsonNode memory = json.path("memory_stats");
    if (!cpu.has("total_usage")) {
      throw new IOException("statistics without cpu_stats.cpu_usage.total_usage");
    }
    Instant read = Documents.instant(json, "read");
    // The zero time of the engine's language stands for "never".
    boolean stopped = cpu.path("total_usage").asLong(0) == 0 || read.getEpochSecond() < 0;
    if (stopped && !memory.has("usage")) {
      return Optional.empty();
    }
    long usageBytes = memory.path("usage").asLong(ContainerUsage.UNKNOWN);
    return Optional.of(
        new DockerStats(
            read,
            new ContainerUsage(
                cpu.path("total_usage").asLong(0),
                cpu.path("usage_in_usermode").asLong(ContainerUsage.UNKNOWN),
                cpu.path("usage_in_kernelmode").asLong(ContainerUsage.UNKNOWN),
                usageBytes,
                ContainerUsage.workingSetBytes(usageBytes, inactive(memory.path("stats"))),
                memory.path("limit").asLong(0))));
  }

  private static long inactive(JsonNode stats) {
    JsonNode v1 = stats.path("total_inactive_file");
    return v1.isMissingNode() ? stats.path("inactive_file").asLong(0) : v1.asLong(0);
  }
}
