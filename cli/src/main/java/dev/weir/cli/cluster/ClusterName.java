package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which cluster a command is about.
public final class ClusterName {
  /// What a cluster is called if nobody names it.
  static final String DEFAULT = "default";

  @Option(
      names = {"--name", "--cluster"},
      paramLabel = "NAME",
      description = "The cluster. Default: the only one that there is.")
  private @Nullable String name;

  private final ClusterStore store =
      ClusterStore.of(System.getenv(), Path.of(System.getProperty("user.home")));

  /// The clusters of this user.
  ClusterStore store() {
    return store;
  }

  /// The chosen name, which need not exist.
  String chosen() {
    List<String> names = store.names();
    return Optional.ofNullable(name).orElse(names.size() == 1 ? names.getFirst() : DEFAULT);
  }

  /// The chosen cluster.
  ///
  /// @throws UserError if there is none, naming those that there are
  ClusterRecord existing() {
    return store
        .find(chosen())
        .orElseThrow(() ->
            new UserError(
                "--name: %s: no such cluster (expected: %s)".formatted(chosen(), expected())));
  }

  private String expected() {
    return store.names().isEmpty()
        ? "one that 'weir cluster up' has made"
        : String.join(", ", store.names());
  }
}
