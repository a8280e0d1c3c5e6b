package dev.weir.store.mongo;

import dev.weir.store.folder.ContainerFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// The collections of a database: Weir's own, with names that no Docker container can have, and one
/// for each container, with the container's name.
final class MongoNames {
  static final String RUNS = "_weir_runs";
  static final String FILES = "_weir_files";
  static final String REQUESTS = "_weir_requests";
  static final String EVENTS = "_weir_events";
  static final String DAMAGED = "_weir_damaged";

  private static final Set<String> OWN = Set.of(RUNS, FILES, REQUESTS, EVENTS, DAMAGED);

  /// Prefixes that the database or Weir reserves.
  private static final List<String> TAKEN = List.of("system.", "_weir_", "_ferretdb_", ".");

  /// Together with the name of the database below MongoDB's 255 bytes.
  private static final int NAME_BYTES_MAX = 180;

  private MongoNames() {}

  /// The collection for a container's samples. It has the container's name, with characters that
  /// the database does not accept written as `%XX`, as in file names, and so is `%` itself.
  static String collectionFor(String container) {
    if (isTaken(container)) {
      return escapedFirst(container);
    }
    boolean plain =
        container.chars().noneMatch(c -> c == '$' || c == '%' || c < ' ')
            && container.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES_MAX;
    return plain && !container.isEmpty() ? container : asFileName(container);
  }

  /// Whether a collection may hold a container's samples, from any writer.
  static boolean isContainers(String collection) {
    return !OWN.contains(collection)
        && !collection.startsWith("_weir_")
        && !collection.startsWith("system.");
  }

  private static boolean isTaken(String container) {
    return TAKEN.stream().anyMatch(container::startsWith);
  }

  private static String escapedFirst(String container) {
    return "%%%02X".formatted((int) container.charAt(0)) + tail(asFileName(container), container);
  }

  /// The file's name without its first character, which may be escaped.
  private static String tail(String fileName, String container) {
    boolean escaped = container.charAt(0) == '.';
    return fileName.substring(escaped ? 3 : 1);
  }

  private static String asFileName(String container) {
    String file = ContainerFile.nameFor(container);
    return file.substring(0, file.length() - ContainerFile.SUFFIX.length());
  }
}
