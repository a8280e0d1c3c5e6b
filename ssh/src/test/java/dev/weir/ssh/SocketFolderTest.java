package dev.weir.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders of sockets, and those that dead processes left.
final class SocketFolderTest {
  private static final long NO_PROCESS = 99_999_999L;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit injects it
  Path base;

  private Path left(long pid) throws IOException {
    Path folder = Files.createDirectory(base.resolve("weir-ssh-%d-00c0ffee".formatted(pid)));
    Files.createFile(folder.resolve("c"));
    return folder;
  }

  @Test
  void oldFoldersOfDeadProcessesAreRemoved() throws IOException {
    Path dead = left(NO_PROCESS);
    Path alive = left(ProcessHandle.current().pid());
    Path other = Files.createDirectory(base.resolve("weir-ssh-mine"));
    SocketFolder.make(base, Instant.now());
    assertThat(dead).exists();
    SocketFolder later = SocketFolder.make(base, Instant.now().plus(Duration.ofHours(25)));
    assertThat(dead).doesNotExist();
    assertThat(alive).exists();
    assertThat(other).exists();
    assertThat(later.path()).exists();
    later.remove();
    assertThat(later.path()).doesNotExist();
  }

  @Test
  void itsPathsAreShortEnoughForSockets() throws IOException {
    SocketFolder folder = SocketFolder.make();
    // While it binds, the client adds 17 letters.
    assertThat(folder.control().toString().length() + 17).isLessThan(104);
    folder.remove();
  }
}
