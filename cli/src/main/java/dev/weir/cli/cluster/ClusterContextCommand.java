package dev.weir.cli.cluster;

import dev.weir.cli.engine.ClusterAccess;
import dev.weir.cli.engine.ClusterNames;
import dev.weir.cli.option.ExitCode;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.ssh.SshAddress;
import dev.weir.ssh.SshException;
import dev.weir.ssh.SshLogin;
import dev.weir.ssh.SshSession;
import dev.weir.swarm.engine.DockerContexts;
import dev.weir.term.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir cluster context`: a docker context for a cluster.
@Command(
    name = "context",
    mixinStandardHelpOptions = true,
    header = "Make a docker context for a cluster, so that the docker command reaches it.",
    description =
        "The context weir-NAME leads to the first manager that responds. The docker command logs in"
            + " with the user's own SSH configuration, so that must know the host key and the key;"
            + " what is missing is printed.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir cluster context demo", "  weir cluster context demo --remove"})
final class ClusterContextCommand implements Callable<Integer> {
  private static final Duration LOGIN = Duration.ofSeconds(10);

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = ClusterNames.class,
      description = "The cluster.")
  private String name = "";

  @Option(names = "--remove", description = "Remove the context instead.")
  private boolean remove;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() {
    var contexts = new DockerContexts(System.getenv(), Path.of(System.getProperty("user.home")));
    String context = "weir-" + name;
    if (remove) {
      boolean was = contexts.remove(context);
      terminal.print(was ? context + " removed" : "there is no context " + context);
      return ExitCode.OK;
    }
    ClusterStore store = ClusterAccess.store();
    ClusterRecord cluster = store.named(name, "NAME");
    if (cluster.managers().isEmpty()) {
      terminal.report("%s: it has no manager yet (finish it: weir cluster up)".formatted(name));
      return ExitCode.FAILED;
    }
    NodeRecord manager = reachable(cluster, store.knownHosts(name));
    contexts.write(context, "ssh://" + manager.address(), "Cluster %s of weir".formatted(name));
    terminal.print("%s leads to %s".formatted(context, manager.address()));
    Optional<SshException> failure = failure(SshLogin.of(manager.address()));
    if (failure.isEmpty()) {
      terminal.report("try it: docker --context %s node ls".formatted(context));
    } else {
      terminal.report("the docker command cannot log in yet: " + failure.get().getMessage());
      missing(failure.get(), cluster, manager.address(), store.knownHosts(name));
    }
    return ExitCode.OK;
  }

  private static NodeRecord reachable(ClusterRecord cluster, Path knownHosts) {
    return cluster.managers().stream()
        .filter(node -> failure(cluster.login(node, knownHosts)).isEmpty())
        .findFirst()
        .orElse(cluster.managers().getFirst());
  }

  private static Optional<SshException> failure(SshLogin login) {
    try {
      SshSession.open(login, LOGIN).close();
      return Optional.empty();
    } catch (SshException e) {
      return Optional.of(e);
    }
  }

  private void missing(
      SshException failure, ClusterRecord cluster, SshAddress at, Path knownHosts) {
    if (failure.kind() == SshException.Kind.HOST_KEY_UNKNOWN) {
      terminal.report(
          "add the cluster's host keys: cat %s >> ~/.ssh/known_hosts".formatted(knownHosts));
    }
    cluster
        .key()
        .ifPresent(key ->
            terminal.report(
                "give its key to the agent: ssh-add %s; or to ~/.ssh/config: Host %s, IdentityFile %s"
                    .formatted(key, at.host(), key)));
  }
}
