package dev.weir.cluster.ec2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The host keys of a cluster's machines, in a file of OpenSSH's form. The comment of each key is
/// the id of its machine, so that a machine with a new address keeps its keys.
final class PinnedKeys {
  private final Path file;

  PinnedKeys(Path file) {
    this.file = file;
  }

  /// Whether a machine's keys are pinned for an address. Those of an earlier address are taken
  /// over.
  boolean has(String id, String address) {
    List<String> keys =
        lines().stream()
            .map(line -> line.split(" "))
            .filter(words -> words.length == 4 && words[3].equals(id))
            .map(words -> words[1] + " " + words[2])
            .distinct()
            .toList();
    if (keys.isEmpty()) {
      return false;
    }
    if (lines().stream().noneMatch(line -> line.startsWith(address + " ") && line.endsWith(id))) {
      pin(id, address, keys);
    }
    return true;
  }

  /// Pins keys, in the place of those that the machine or the address had.
  ///
  /// @param keys each as type and key
  void pin(String id, String address, List<String> keys) {
    List<String> lines = new ArrayList<>(lines());
    lines.removeIf(line -> line.startsWith(address + " ") || line.endsWith(" " + id));
    keys.forEach(key -> lines.add("%s %s %s".formatted(address, key, id)));
    write(lines);
  }

  private List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private void write(List<String> lines) {
    try {
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path part = file.resolveSibling(file.getFileName() + ".new");
      Files.write(part, lines);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
