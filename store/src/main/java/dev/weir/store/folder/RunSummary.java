package dev.weir.store.folder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.run.Certificate;
import dev.weir.run.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/// One run in a list of runs.
///
/// @param name the folder's name
/// @param folder where it is
/// @param state whether it was finished
/// @param info its description
/// @param machine where it was recorded, by name of the fact
/// @param finishedAt when it was closed properly
/// @param requests how many requests were kept
/// @param samples how many samples
/// @param events how many events
/// @param lost how many records the disk refused
/// @param sizeBytes of all files in the folder
/// @param problem why records are missing, or why run.json cannot be read
/// @param certificate of its load
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunSummary(
    String name,
    Path folder,
    State state,
    RunInfo info,
    Map<String, String> machine,
    Optional<Instant> finishedAt,
    long requests,
    long samples,
    long events,
    long lost,
    long sizeBytes,
    Optional<String> problem,
    Optional<Certificate> certificate) {

  /// How far a run got.
  public enum State {
    /// Being recorded, by a living process.
    @JsonProperty("recording")
    RECORDING("recording"),
    /// Closed properly.
    @JsonProperty("finished")
    FINISHED("finished"),
    /// Its recorder was killed: at most its last second is missing.
    @JsonProperty("cut-off")
    CUT_OFF("cut-off"),
    /// Its run.json is missing or cannot be read.
    @JsonProperty("damaged")
    DAMAGED("damaged");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /// The name a table shows.
    public String label() {
      return label;
    }
  }

  static RunSummary of(Path folder) {
    try {
      return of(folder, RunReader.parse(folder.resolve(RunDocument.FILE)));
    } catch (IOException | JacksonException e) {
      String reason = e instanceof IOException io ? Disk.reason(io) : "not what Weir writes";
      return undescribed(folder, "%s: %s".formatted(RunDocument.FILE, reason));
    }
  }

  private static RunSummary of(Path folder, RunDocument document) {
    State state =
        document.finished() ? State.FINISHED : document.cutOff() ? State.CUT_OFF : State.RECORDING;
    var counts = state == State.FINISHED ? document.counts() : counted(folder, document.counts());
    return new RunSummary(
        RunFolder.nameOf(folder),
        folder,
        state,
        document.info(),
        document.machine(),
        Optional.ofNullable(document.finishedAt()),
        counts.requests(),
        counts.samples(),
        counts.events(),
        counts.lost(),
        sizeBytes(folder),
        Optional.ofNullable(document.failure()),
        Optional.ofNullable(document.certificate()));
  }

  private static RunSummary undescribed(Path folder, String problem) {
    String name = RunFolder.nameOf(folder);
    var counts = counted(folder, new RunDocument.Counts(0, 0, 0, 0));
    return new RunSummary(
        name,
        folder,
        State.DAMAGED,
        new RunInfo(name, name, Instant.EPOCH, "", 0, Map.of()),
        Map.of(),
        Optional.empty(),
        counts.requests(),
        counts.samples(),
        counts.events(),
        0,
        sizeBytes(folder),
        Optional.of(problem),
        Optional.empty());
  }

  private static RunDocument.Counts counted(Path folder, RunDocument.Counts known) {
    return new RunDocument.Counts(
        Math.max(0, lines(folder.resolve(RunFolder.REQUESTS)) - 1),
        files(folder.resolve(RunFolder.SAMPLES)).mapToLong(RunSummary::lines).sum(),
        lines(folder.resolve(RunFolder.EVENTS)),
        known.lost());
  }

  /// The lines of a file; none if it is missing or disappears meanwhile.
  private static long lines(Path file) {
    try {
      return Files.isRegularFile(file) ? LineFile.count(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static long sizeBytes(Path folder) {
    return files(folder).mapToLong(RunSummary::length).sum();
  }

  private static long length(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).size();
    } catch (IOException e) {
      return 0;
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
