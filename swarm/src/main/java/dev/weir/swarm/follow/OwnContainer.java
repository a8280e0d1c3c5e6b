package dev.weir.swarm.follow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds out which container this program runs in.
final class OwnContainer {
  /// Docker mounts the files of a container's host name and resolver from a folder with its id.
  private static final Pattern MOUNT =
      Pattern.compile("/containers/([0-9a-f]{64})/(?:hostname|hosts|resolv\\.conf)");

  private OwnContainer() {}

  /// Its id; empty outside of containers.
  static Optional<String> id() {
    try {
      return idIn(Files.readString(Path.of("/proc/self/mountinfo")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<String> idIn(String mounts) {
    Matcher mount = MOUNT.matcher(mounts);
    return mount.find() ? Optional.of(mount.group(1)) : Optional.empty();
  }
}
