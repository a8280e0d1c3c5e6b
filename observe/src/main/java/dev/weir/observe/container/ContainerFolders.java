package dev.weir.observe.container;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the folder of each container in one hierarchy of control groups.
///
/// Docker's cgroupfs driver makes docker/ID, its systemd driver system.slice/docker-ID.scope.
final class ContainerFolders {
  private static final Pattern CGROUPFS = Pattern.compile("([0-9a-f]{64})");
  private static final Pattern SYSTEMD = Pattern.compile("docker-([0-9a-f]{64})\\.scope");
  private static final Map<String, Pattern> PARENTS =
      Map.of("docker", CGROUPFS, "system.slice", SYSTEMD);

  /// More containers than a node can run; beyond, the listing is cut.
  private static final int FOUND_MAX = 10_000;

  private final Path root;

  ContainerFolders(Path root) {
    this.root = root;
  }

  Set<String> ids() {
    return new HashSet<>(found().keySet());
  }

  Optional<Path> of(String id) {
    return List.of(
            root.resolve("docker").resolve(id),
            root.resolve("system.slice").resolve("docker-" + id + ".scope"))
        .stream()
        .filter(Files::isDirectory)
        .findFirst();
  }

  private Map<String, Path> found() {
    var folders = new HashMap<String, Path>();
    PARENTS.forEach((parent, name) -> list(root.resolve(parent), name, folders));
    return folders;
  }

  private static void list(Path parent, Pattern name, Map<String, Path> folders) {
    if (!Files.isDirectory(parent)) {
      return; // the other driver's, or nothing runs yet
    }
    try (DirectoryStream<Path> below = Files.newDirectoryStream(parent)) {
      for (Path folder : below) {
        Matcher matcher = name.matcher(folder.getFileName().toString());
        if (matcher.matches() && folders.size() < FOUND_MAX) {
          folders.put(matcher.group(1), folder);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // The parent disappeared during reading, with its last container.
    }
  }
}
