package dev.weir.cluster.record;

import dev.weir.base.Checks;
import dev.weir.base.NearestName;
import dev.weir.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The clusters of this user: one folder each, readable by nobody else, with `cluster.json` and
/// `known_hosts`.
public final class ClusterStore {
  private static final String FILE = "cluster.json";
  private static final int BYTES_MAX = 1 << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

  /// What only a swarm's tokens and private keys contain.
  private static final Pattern SECRET = Pattern.compile("SWMTKN-1-|PRIVATE KEY-----");

  private final Path home;

  /// @param home holds the folder `clusters`
  public ClusterStore(Path home) {
    this.home = home.toAbsolutePath();
  }

  /// The store in `$WEIR_HOME`, or else in `~/.weir`.
  public static ClusterStore of(Map<String, String> environment, Path userHome) {
    String set = environment.getOrDefault("WEIR_HOME", "");
    return new ClusterStore(set.isEmpty() ? userHome.resolve(".weir") : Path.of(set));
  }

  /// What is written down of a cluster; empty if there is none of this name.
  ///
  /// @throws UserError if the name cannot be one, or the file is not readable
  public Optional<ClusterRecord> find(String name) {
    Path file = folder(name).resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new IllegalArgumentException("larger than %d MiB".formatted(BYTES_MAX >> 20));
      }
      return Optional.of(ClusterJson.read(name, Files.readString(file)));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "%s: not readable as a cluster: %s (mend it, or move its folder away and run 'weir cluster up' again)"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /// What is written down of a cluster that the user named.
  ///
  /// @param setting the option that named it, for messages
  /// @throws UserError naming the clusters that there are, if it is none of them
  public ClusterRecord named(String name, String setting) {
    return find(name)
        .orElseThrow(() -> {
          List<String> names = names();
          String expected =
              names.isEmpty()
                  ? "a cluster; there is none yet: weir cluster up"
                  : "one of " + String.join(", ", names);
          return new UserError(
              "%s: %s (expected: %s%s)"
                  .formatted(setting, name, expected, NearestName.hint(name, names)));
        });
  }

  /// The names of all clusters, sorted.
  public List<String> names() {
    Path clusters = home.resolve("clusters");
    if (!Files.isDirectory(clusters)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(clusters)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(FILE)))
          .map(folder -> String.valueOf(folder.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failed(clusters, "readable", e);
    }
  }

  /// Writes a cluster down, whole or not at all.
  ///
  /// @throws UserError if its folder cannot be written
  public void write(ClusterRecord cluster) {
    String text = ClusterJson.write(cluster);
    if (SECRET.matcher(text).find()) {
      throw new IllegalStateException("a record of a cluster holds no secret");
    }
    try {
      PrivateFiles.folder(folder(cluster.name()));
      PrivateFiles.write(folder(cluster.name()).resolve(FILE), text);
    } catch (IOException e) {
      throw failed(folder(cluster.name()), "writable", e);
    }
  }

  /// Removes a cluster's folder with all that it holds.
  ///
  /// @throws UserError if its folder cannot be removed
  public void remove(String name) {
    try {
      PrivateFiles.remove(folder(name));
    } catch (IOException e) {
      throw failed(folder(name), "removable", e);
    }
  }

  /// The folder of a cluster, which may not exist yet.
  ///
  /// @throws IllegalArgumentException if the name cannot be one
  public Path folder(String name) {
    Checks.check(
        NAME.matcher(name).matches(),
        "cluster",
        name,
        "letters, digits, '.', '_' and '-'; at most 40");
    return home.resolve("clusters").resolve(name);
  }

  /// The file with the host keys of a cluster's machines. Its folder exists after the call, the
  /// file may not.
  ///
  /// @throws UserError if its folder cannot be made
  public Path knownHosts(String name) {
    try {
      PrivateFiles.folder(folder(name));
    } catch (IOException e) {
      throw failed(folder(name), "writable", e);
    }
    return folder(name).resolve("known_hosts");
  }

  /// Takes the right to change a cluster, also one that has no record yet.
  ///
  /// @throws UserError naming the process that holds it
  public ClusterLock lock(String name) {
    Path locks = home.resolve("locks");
    String file = String.valueOf(folder(name).getFileName());
    try {
      PrivateFiles.folder(locks);
      return ClusterLock.take(name, locks.resolve(file));
    } catch (IOException e) {
      throw failed(locks, "writable", e);
    }
  }

  private static UserError failed(Path path, String expected, IOException e) {
    return new UserError("%s: not %s (%s; see WEIR_HOME)".formatted(path, expected, e), e);
  }
}
