package dev.weir.cluster.record;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Another process that holds the lock of a file, until its input ends.
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] files) throws IOException {
    try (var channel = FileChannel.open(Path.of(files[0]), StandardOpenOption.WRITE)) {
      channel.lock();
      new FileOutputStream(FileDescriptor.out).write('h');
      var _ = new FileInputStream(FileDescriptor.in).read();
    }
  }
}
