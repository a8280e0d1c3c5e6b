package dev.weir.cluster.ec2;

import dev.weir.cluster.record.NodeRecord;
import dev.weir.ssh.SshException;
import dev.weir.ssh.SshLogin;
import dev.weir.ssh.SshSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Waits until new machines let SSH in, and says why they may never do so.
final class Reach {
  private static final Duration ATTEMPT = Duration.ofSeconds(20);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Set<SshException.Kind> FINAL =
      EnumSet.of(
          SshException.Kind.HOST_KEY_CHANGED,
          SshException.Kind.HOST_KEY_UNKNOWN,
          SshException.Kind.NO_CLIENT);

  private final Path key;
  private final Path knownHosts;
  private final Timing timing;
  private final Stop stop;
  private final Watcher watcher;

  Reach(Path key, Path knownHosts, Timing timing, Stop stop, Watcher watcher) {
    this.key = key;
    this.knownHosts = knownHosts;
    this.timing = timing;
    this.stop = stop;
    this.watcher = watcher;
  }

  /// Logs in to each once.
  void await(List<NodeRecord> nodes) throws Ec2Exception {
    long endNanos = timing.nanos().getAsLong() + LIMIT.toNanos();
    for (NodeRecord node : nodes) {
      await(node, endNanos);
    }
  }

  private void await(NodeRecord node, long endNanos) throws Ec2Exception {
    var login = new SshLogin(node.address(), Optional.of(key), Optional.of(knownHosts));
    while (true) {
      stop.check();
      try (SshSession _ = SshSession.open(login, ATTEMPT)) {
        return;
      } catch (SshException e) {
        if (FINAL.contains(e.kind())) {
          throw new Ec2Exception("%s: %s".formatted(node.name(), e.getMessage()), e);
        }
        if (timing.nanos().getAsLong() >= endNanos) {
          throw new Ec2Exception(
              "%s: %s, for %d min (expected: that %s may log in: --operator-cidr is the address"
                      .formatted(node.name(), e.getMessage(), LIMIT.toMinutes(), node.address())
                  + " from which AWS sees you, the subnet has a route to an internet gateway, and no"
                  + " network ACL or firewall stops port 22)",
              e);
        }
        watcher.waiting("SSH of " + node.name());
        timing.pauses().pass(timing.poll());
      }
    }
  }
}
