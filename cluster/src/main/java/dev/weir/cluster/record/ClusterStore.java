package dev.weir.cluster.record;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The clusters of this user: one folder each, readable by nobody else, with `cluster.json` and
/// `known_hosts`.
public final class ClusterStore {
  private final Path home;

  /// @param home holds the folder `clusters`
  public ClusterStore(Path home) {
    this.home = home;
  }

  /// The store in `$WEIR_HOME`, or else in `~/.weir`.
  public static ClusterStore of(Map<String, String> environment, Path userHome) {
    String set = environment.getOrDefault("WEIR_HOME", "");
    return new ClusterStore(set.isEmpty() ? userHome.resolve(".weir") : Path.of(set));
  }

  /// What is written down of a cluster; empty if there is none of this name.
  ///
  /// @throws dev.weir.base.UserError if the name cannot be one, or the file is not readable
  public Optional<ClusterRecord> find(String name) {
    throw new UnsupportedOperationException("soon: " + name);
  }

  /// The names of all clusters, sorted.
  public List<String> names() {
    throw new UnsupportedOperationException("soon: " + home);
  }

  /// Writes a cluster down, whole or not at all.
  public void write(ClusterRecord cluster) {
    throw new UnsupportedOperationException("soon: " + cluster);
  }

  /// Removes a cluster's folder with all that it holds.
  public void remove(String name) {
    throw new UnsupportedOperationException("soon: " + name);
  }

  /// The folder of a cluster, which may not exist yet.
  public Path folder(String name) {
    return home.resolve("clusters").resolve(name);
  }

  /// The file with the host keys of a cluster's machines, which may not exist yet.
  public Path knownHosts(String name) {
    return folder(name).resolve("known_hosts");
  }

  /// Takes the right to change a cluster, also one that has no record yet.
  ///
  /// @throws dev.weir.base.UserError naming the process that holds it
  public ClusterLock lock(String name) {
    return new ClusterLock();
  }
}
