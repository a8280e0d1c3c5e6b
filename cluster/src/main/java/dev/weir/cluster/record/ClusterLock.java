package dev.weir.cluster.record;

import dev.weir.base.UserError;
import dev.weir.base.Visible;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right to change a cluster, held by one process at a time until closed. It ends with its
/// process, however that ends.
public final class ClusterLock implements AutoCloseable {
  /*
   * The system drops a process's lock of a file when the process closes any channel of that file.
   * So who holds it stands in a second file, and locks of this process are known here.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private ClusterLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Takes the lock of a cluster.
  ///
  /// @throws UserError naming the process that holds it
  static ClusterLock take(String cluster, Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    if (!OURS.add(whole)) {
      throw held(cluster, whole);
    }
    ClusterLock taken = null;
    try {
      FileChannel channel =
          FileChannel.open(whole, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw held(cluster, whole);
      }
      taken = new ClusterLock(whole, channel);
      String since = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
      PrivateFiles.write(
          holder(whole), "process %d since %s".formatted(ProcessHandle.current().pid(), since));
      return taken;
    } finally {
      if (taken == null) {
        OURS.remove(whole);
      }
    }
  }

  private static Path holder(Path file) {
    return file.resolveSibling(file.getFileName() + ".holder");
  }

  private static UserError held(String cluster, Path file) {
    String holder;
    try {
      holder = Visible.shortLine(Files.readString(holder(file)));
    } catch (IOException _) {
      holder = "another process";
    }
    return new UserError(
        "cluster %s: %s is changing it (wait for its end, then try again)"
            .formatted(cluster, holder));
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(holder(file));
      channel.close();
    } catch (IOException _) {
      // The lock ends with the process at the latest.
    } finally {
      OURS.remove(file);
    }
  }
}
