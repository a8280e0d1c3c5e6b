package dev.weir.store.folder;

import dev.weir.base.UserError;
import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A run kept in a folder of plain files: run.json, requests.csv, samples/ and events.ndjson.
/// Described for readers in other languages in docs/runs.md. What is made is private to its owner.
public final class RunFolder {
  /// The kind of the event that stands for a line or file that could not be read.
  public static final String DAMAGED = "record-damaged";

  /// The kind of the event that reports how many records the disk did not take.
  public static final String LOST = RunEvent.RECORD_LOST;

  /// The kind of the event that ends a run whose recorder was killed.
  public static final String CUT_OFF = "run-cut-off";

  public static final String REQUESTS = "requests.csv";
  public static final String EVENTS = "events.ndjson";
  public static final String SAMPLES = "samples";

  private RunFolder() {}

  /// Starts a run in a new or empty folder.
  ///
  /// @throws UserError if the folder holds a run already or cannot be written
  public static RunWriter create(Path folder, RunInfo info) {
    return create(folder, info, _ -> {});
  }

  /// Starts a run in a new or empty folder.
  ///
  /// @param onFailure called once, with one line, when the disk first fails; must not throw
  /// @throws UserError if the folder holds a run already or cannot be written
  public static RunWriter create(Path folder, RunInfo info, Consumer<String> onFailure) {
    RunDocument document = RunDocument.starting(info);
    try {
      claim(folder);
      Disk.replace(
          folder.resolve(RunDocument.FILE),
          RunJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document));
      Disk.reserve(folder.resolve(RunDocument.FILE));
    } catch (IOException e) {
      throw new UserError(
          "run folder %s: cannot be written: %s (expected: a folder on a disk with room, that you may write to; choose another)"
              .formatted(folder, Disk.reason(e)),
          e);
    }
    var writer = new RunWriter(folder, document, onFailure);
    writer.start();
    return writer;
  }

  /// Reads a run, finished or cut off. What could not be read is reported by events of kind
  /// [#DAMAGED].
  ///
  /// @throws UserError if the folder is no run
  public static RunRecord read(Path folder) {
    requireRun(folder);
    return new RunReader(folder).read();
  }

  /// What can be said of a run without reading all of it.
  ///
  /// @throws UserError if the folder is no run
  public static RunSummary describe(Path folder) {
    requireRun(folder);
    return RunSummary.of(folder);
  }

  /// The runs kept under `root`, the oldest first; none if there is no such folder.
  ///
  /// @throws UserError if `root` cannot be read
  public static List<RunSummary> list(Path root) {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(RunFolder::isRun)
          .map(RunSummary::of)
          .sorted(
              Comparator.comparing((RunSummary run) -> run.info().startedAt())
                  .thenComparing(RunSummary::name))
          .toList();
    } catch (IOException e) {
      throw new UserError("runs folder %s: cannot be read: %s".formatted(root, Disk.reason(e)), e);
    }
  }

  /// Deletes a run with everything in its folder, following no links.
  ///
  /// @throws UserError if the folder is no run, is being recorded, or cannot be deleted
  public static void delete(Path folder) {
    if (describe(folder).state() == RunSummary.State.RECORDING) {
      throw new UserError(
          "run folder %s: is being recorded (stop the command that records it first)"
              .formatted(folder));
    }
    try {
      // The description goes last: a deletion that is cut short leaves a run that can be deleted.
      for (Path path : contents(folder)) {
        Files.delete(path);
      }
      Files.deleteIfExists(folder.resolve(RunDocument.FILE));
      Files.delete(folder);
    } catch (IOException e) {
      throw new UserError(
          "run folder %s: cannot be deleted: %s".formatted(folder, Disk.reason(e)), e);
    }
  }

  static String nameOf(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  /// Making `samples/` succeeds for one process only, which makes the folder its own.
  private static void claim(Path folder) throws IOException {
    if (isRun(folder)) {
      throw alreadyARun(folder, null);
    }
    PrivateFiles.createFolders(folder);
    PrivateFiles.closeIfEmpty(folder);
    try {
      PrivateFiles.createFolder(folder.resolve(SAMPLES));
    } catch (FileAlreadyExistsException e) {
      throw alreadyARun(folder, e);
    }
  }

  private static UserError alreadyARun(Path folder, @Nullable Exception cause) {
    String message =
        "run folder %s: holds a run already (expected: a new or empty folder; choose another or delete it with 'weir runs rm')"
            .formatted(folder);
    return cause == null ? new UserError(message) : new UserError(message, cause);
  }

  private static void requireRun(Path folder) {
    if (!isRun(folder)) {
      throw new UserError(
          "run folder %s: %s (expected: a folder with %s; 'weir runs ls' lists them)"
              .formatted(
                  folder, Files.exists(folder) ? "is no run" : "does not exist", RunDocument.FILE));
    }
  }

  private static boolean isRun(Path folder) {
    return Files.exists(folder.resolve(RunDocument.FILE))
        || Files.exists(folder.resolve(REQUESTS))
        || Files.isDirectory(folder.resolve(SAMPLES));
  }

  /// Everything below `folder` but its description, children before parents.
  private static List<Path> contents(Path folder) throws IOException {
    var paths = new ArrayList<Path>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            paths.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            paths.add(directory);
            return FileVisitResult.CONTINUE;
          }
        });
    paths.remove(folder);
    paths.remove(folder.resolve(RunDocument.FILE));
    return paths;
  }
}
