package dev.weir.store.folder;

import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Reads the samples files of a run folder, one per processor at a time: parsing takes most of the
/// time of a long run's chart.
final class SampleFiles {
  private final Path directory;
  private final int samplesMax;
  private final AtomicInteger samplesRead = new AtomicInteger();

  /// @param samplesMax how many samples to read; lines beyond count as unreadable
  SampleFiles(Path directory, int samplesMax) {
    this.directory = directory;
    this.samplesMax = samplesMax;
  }

  /// The content of one file.
  ///
  /// @param problems its unreadable parts, in words
  record Content(Path file, List<ContainerSample> samples, List<String> problems) {}

  /// All files, by name; empty if the directory does not exist.
  ///
  /// @throws IOException if one cannot be read at all
  List<Content> read() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      var tasks = new ArrayList<Callable<Content>>();
      for (Path file : files()) {
        tasks.add(() -> content(file));
      }
      var contents = new ArrayList<Content>();
      for (Future<Content> read : threads.invokeAll(tasks)) {
        contents.add(read.get());
      }
      return contents;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException("a file of samples broke its reader: " + e.getCause(), e);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).endsWith(ContainerFile.SUFFIX))
          .sorted()
          .toList();
    }
  }

  private Content content(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    String container = ContainerFile.containerOf(name).orElse(name);
    var samples = new ArrayList<ContainerSample>();
    List<String> problems =
        LineFile.read(
            file,
            (line, _) -> {
              ContainerSample sample = SampleLine.parse(line, container);
              if (samplesRead.getAndIncrement() >= samplesMax) {
                throw new IllegalArgumentException(
                    "only the first %d are read".formatted(samplesMax));
              }
              samples.add(sample);
            });
    return new Content(file, samples, problems);
  }
}
