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

/// A run in a folder of plain files: run.json, requests.csv, samples/ and events.ndjson.
/// docs/runs.md describes it for readers in other languages. New files are private to their owner.
public final class RunFolder {
  /// The kind of the event for an unreadable line or file.
  public static final String DAMAGED = "record-damaged";

  /// The kind of the event that counts the records that the disk refused.
  public static final String LOST = RunEvent.RECORD_LOST;

  /// The kind of the event that ends a run whose recorder was killed.
  public static final String CUT_OFF = "run-cut-off";

  public static final String REQUESTS = "requests.csv";
  public static final String EVENTS = "events.ndjson";
  public static final String SAMPLES = "samples";

  private RunFolder() {}

  /// Starts a run in a new or empty folder.
  ///
  /// @throws UserError if the folder already holds a run or cannot be written
  public static RunWriter create(Path folder, RunInfo info) {
    return create(folder, info, _ -> {});
  }

  /// Starts a run in a new or empty folder.
  ///
  /// @param onFailure called once, with one line, when the disk first fails; must not throw
  /// @throws UserError if the folder already holds a run or cannot be written
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

  /// Reads a run, finished or cut off. Events of kind [#DAMAGED] report unreadable parts.
  ///
  /// @throws UserError if the folder is not a run
  public static RunRecord read(Path folder) {
    requireRun(folder);
    return new RunReader(folder).read();
  }

  /// A summary of a run, without reading all of it.
  ///
  /// @throws UserError if the folder is not a run
  public static RunSummary describe(Path folder) {
    requireRun(folder);
    return RunSummary.of(folder);
  }

  /// The runs under `root`, the oldest first; empty if the folder does not exist.
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

  /// Deletes a run with its whole folder, without following links.
  ///
  /// @throws UserError if the folder is not a run, is being recorded, or cannot be deleted
  public static void delete(Path folder) {
    if (describe(folder).state() == RunSummary.State.RECORDING) {
      throw new UserError(
          "run folder %s: is being recorded (stop the command that records it first)"
              .formatted(folder));
    }
    try {
      // The description goes last, so that an interrupted deletion leaves a run that can be
      // deleted.
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

  /// Only one process succeeds in creating `samples/`, and then owns the folder.
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

  /// Everything in `folder` except its description, children before parents.
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
