package dev.weir.store.folder;

import dev.weir.base.UserError;
import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/// Reads one run folder, whole or not. Missing parts are left out, and damaged ones become events
/// of kind [RunFolder#DAMAGED].
final class RunReader {
  /// About 2 GB of memory in all.
  private static final int ROWS_MAX = 10_000_000;

  private final Path folder;
  private final List<RequestRecord> requests = new ArrayList<>();
  private final Map<String, List<ContainerSample>> samples = new TreeMap<>();
  private final List<RunEvent> events = new ArrayList<>();
  private final Map<String, List<String>> problems = new LinkedHashMap<>();

  RunReader(Path folder) {
    this.folder = folder;
  }

  RunRecord read() {
    try {
      Optional<RunDocument> document = document();
      readRequests();
      readSamples();
      ImpossibleSamples.leaveOut(
          samples,
          (container, text) ->
              note(RunFolder.SAMPLES + "/" + ContainerFile.nameFor(container), text));
      readLines(folder.resolve(RunFolder.EVENTS), (line, _) -> addEvent(line));
      requests.sort(Comparator.comparingLong(RequestRecord::number));
      samples.values().forEach(s -> s.sort(Comparator.comparing(ContainerSample::timestamp)));
      RunInfo info = document.map(RunDocument::info).orElseGet(this::guessedInfo);
      addOwnEvents(info.startedAt(), document);
      events.sort(Comparator.comparing(RunEvent::at));
      return new RunRecord(
          info,
          requests,
          samples,
          events,
          document.flatMap(d -> Optional.ofNullable(d.certificate())));
    } catch (IOException e) {
      throw new UserError("run folder %s: cannot be read: %s".formatted(folder, Disk.reason(e)), e);
    }
  }

  /// run.json; empty if it is missing or damaged.
  private Optional<RunDocument> document() throws IOException {
    Path file = folder.resolve(RunDocument.FILE);
    try {
      return Optional.of(parse(file));
    } catch (NoSuchFileException e) {
      note(RunDocument.FILE, "is missing; what the run was is not known");
    } catch (JacksonException e) {
      note(RunDocument.FILE, "cannot be read; what the run was is not known");
    }
    return Optional.empty();
  }

  static RunDocument parse(Path file) throws IOException {
    return RunJson.MAPPER.readValue(Files.readAllBytes(file), RunDocument.class);
  }

  private void readRequests() throws IOException {
    var csv = new RequestCsv();
    readLines(
        folder.resolve(RunFolder.REQUESTS),
        (line, number) -> {
          if (number == 1) {
            csv.header(line);
          } else {
            limit(requests.size());
            requests.add(csv.parse(line));
          }
        });
  }

  private void readSamples() throws IOException {
    for (SampleFiles.Content read :
        new SampleFiles(folder.resolve(RunFolder.SAMPLES), ROWS_MAX).read()) {
      read.problems().forEach(problem -> note(nameOf(read.file()), problem));
      for (ContainerSample sample : read.samples()) {
        samples.computeIfAbsent(sample.container(), _ -> new ArrayList<>()).add(sample);
      }
    }
  }

  private void addEvent(String line) {
    limit(events.size());
    events.add(EventLine.parse(line));
  }

  private static void limit(int read) {
    if (read >= ROWS_MAX) {
      throw new IllegalArgumentException("only the first %d are read".formatted(ROWS_MAX));
    }
  }

  private void readLines(Path file, LineFile.LineReader reader) throws IOException {
    if (Files.exists(file)) {
      LineFile.read(file, reader).forEach(problem -> note(nameOf(file), problem));
    }
  }

  private String nameOf(Path file) {
    return folder.relativize(file).toString();
  }

  private void note(String file, String problem) {
    problems.computeIfAbsent(file, _ -> new ArrayList<>()).add(problem);
  }

  private void addOwnEvents(Instant at, Optional<RunDocument> document) {
    problems.forEach((file, found) ->
        found.forEach(problem -> events.add(new RunEvent(at, RunFolder.DAMAGED, file, problem))));
    long lost = document.map(d -> d.counts().lost()).orElse(0L);
    if (lost > 0 && events.stream().noneMatch(e -> e.kind().equals(RunFolder.LOST))) {
      String why = document.map(RunDocument::failure).orElse("");
      String text = "%d records could not be kept: %s".formatted(lost, why);
      events.add(new RunEvent(at, RunFolder.LOST, "", text));
    }
    if (document.filter(RunDocument::cutOff).isPresent()) {
      String text = "the recorder was killed; at most the last second is missing";
      events.add(new RunEvent(lastInstant(at), RunFolder.CUT_OFF, "", text));
    }
  }

  /// The last instant in the records.
  private Instant lastInstant(Instant startedAt) {
    long lastResponseNanos =
        requests.stream().mapToLong(RequestRecord::respondedNanos).max().orElse(0);
    return Stream.concat(
            samples.values().stream().map(s -> s.getLast().timestamp()),
            events.stream().map(RunEvent::at))
        .max(Comparator.naturalOrder())
        .filter(last -> last.isAfter(startedAt.plusNanos(lastResponseNanos)))
        .orElseGet(() -> startedAt.plusNanos(lastResponseNanos));
  }

  /// Without its description, a run starts at its first record.
  private RunInfo guessedInfo() {
    Instant startedAt =
        Stream.concat(
                samples.values().stream().map(s -> s.getFirst().timestamp()),
                events.stream().map(RunEvent::at))
            .min(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    String name = RunFolder.nameOf(folder);
    return new RunInfo(name, name, startedAt, "", 0, Map.of());
  }
}
