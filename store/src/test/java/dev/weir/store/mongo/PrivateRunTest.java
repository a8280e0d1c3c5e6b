package dev.weir.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.store.folder.Folders;
import dev.weir.store.folder.PrivateFiles;
import dev.weir.store.folder.Records;
import dev.weir.store.folder.RunFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run keeps is for its owner's eyes, and what was there before stays as it was.
final class PrivateRunTest {
  @TempDir private Path root;

  @BeforeEach
  void openTheRoot() throws IOException {
    assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void foldersAndFilesOfARunAreItsOwnersAlone() throws IOException {
    Folders.record(root.resolve("runs/one"), "one", new SplittableRandom(1), 30);
    assertThat(permissions(root.resolve("runs")).values().stream().distinct())
        .containsExactlyInAnyOrder("rwx------", "rw-------");
    assertThat(permissions(root.resolve("runs")))
        .containsEntry("one", "rwx------")
        .containsEntry("one/samples", "rwx------")
        .containsEntry("one/run.json", "rw-------")
        .containsEntry("one/requests.csv", "rw-------");
  }

  @Test
  void anEmptyFolderBecomesOneAndAFullOneStays() throws IOException {
    Path empty = Files.createDirectory(root.resolve("empty"));
    Path full = Files.createDirectory(root.resolve("full"));
    Files.createFile(full.resolve("other"));
    for (Path folder : new Path[] {empty, full}) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      RunFolder.create(folder, Records.info("run")).close();
    }
    assertThat(permissions(empty)).containsEntry("", "rwx------");
    assertThat(permissions(full))
        .containsEntry("", "rwxr-xr-x")
        .containsEntry("samples", "rwx------")
        .containsEntry("requests.csv", "rw-------");
  }

  @Test
  void soAreThoseOfAnImport() throws IOException {
    try (var mongo = new MemoryMongo();
        MongoRuns runs = MongoRuns.of(mongo.target("lab"))) {
      Folders.record(root.resolve("one"), "one", new SplittableRandom(1), 30);
      runs.export(root.resolve("one"), UploadListener.NONE);
      runs.importTo("one", root.resolve("back"), UploadListener.NONE);
    }
    assertThat(permissions(root.resolve("back")).values().stream().distinct())
        .containsExactlyInAnyOrder("rwx------", "rw-------");
  }

  @Test
  void anImportTouchesNothingThatWasThere() throws IOException {
    Path other = Files.createDirectory(root.resolve("back.part"));
    Files.writeString(other.resolve("precious"), "kept");
    try (var mongo = new MemoryMongo();
        MongoRuns runs = MongoRuns.of(mongo.target("lab"))) {
      Folders.record(root.resolve("one"), "one", new SplittableRandom(1), 30);
      runs.export(root.resolve("one"), UploadListener.NONE);
      runs.importTo("one", root.resolve("back"), UploadListener.NONE);
    }
    assertThat(other.resolve("precious")).hasContent("kept");
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("one", "back", "back.part");
    }
  }

  @Test
  void aFileIsAsPrivateAsItsFolder() throws IOException {
    Path shared = Files.createDirectory(root.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path own = root.resolve("own/deeper");
    PrivateFiles.createFolders(own);
    for (Path folder : new Path[] {shared, own}) {
      try (OutputStream out = PrivateFiles.newFileLikeFolder(folder.resolve("f"))) {
        out.write('x');
      }
    }
    Path plain = Files.createFile(shared.resolve("plain"));
    assertThat(Files.getPosixFilePermissions(shared.resolve("f")))
        .isEqualTo(Files.getPosixFilePermissions(plain));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own.resolve("f"))))
        .isEqualTo("rw-------");
  }

  private static Map<String, String> permissions(Path folder) throws IOException {
    var found = new TreeMap<String, String>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        found.put(
            folder.relativize(path).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    return found;
  }
}
