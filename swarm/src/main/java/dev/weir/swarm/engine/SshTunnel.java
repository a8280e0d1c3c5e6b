package dev.weir.swarm.engine;

import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import dev.weir.ssh.SshSession;
import dev.weir.swarm.engine.EngineException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The way to an Engine over SSH: a socket here that leads to the Engine's socket there. All
/// clients of one address share it. It opens at the first use, opens again after it broke, and
/// closes with its last client.
final class SshTunnel {
  private static final Duration LOGIN = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Map<EngineAddress.Ssh, SshTunnel> SHARED = new HashMap<>();

  private final EngineAddress.Ssh address;
  private final ReentrantLock lock = new ReentrantLock();
  private int clients;
  private volatile @Nullable SshSession session;
  private @Nullable EngineException failure;
  private long failedNanos;

  private SshTunnel(EngineAddress.Ssh address) {
    this.address = address;
  }

  /// The tunnel to an address, for one more client.
  static SshTunnel to(EngineAddress.Ssh address) {
    synchronized (SHARED) {
      SshTunnel shared = SHARED.computeIfAbsent(address, SshTunnel::new);
      shared.clients++;
      return shared;
    }
  }

  /// Ends the use by one client.
  void leave() {
    synchronized (SHARED) {
      clients--;
      if (clients > 0) {
        return;
      }
      SHARED.remove(address);
    }
    lock.lock();
    try {
      drop();
    } finally {
      lock.unlock();
    }
  }

  /// The socket here, with a login first if the connection does not stand. Who waited for a login
  /// that failed fails with it, so that many do not wait one after the other.
  ///
  /// @throws EngineException if the machine cannot be reached
  Path socket() {
    long askedNanos = System.nanoTime();
    lock.lock();
    try {
      SshSession present = session;
      if (present == null || !present.isOpen()) {
        EngineException failed = failure;
        if (failed != null && failedNanos - askedNanos > 0) {
          throw failed;
        }
        drop();
        present = SshSession.open(address.login(), LOGIN);
        session = present;
      }
      return present.forward(address.socket().toString());
    } catch (SshException e) {
      drop();
      EngineException failed = EngineErrors.unconnected(e);
      failure = failed;
      failedNanos = System.nanoTime();
      throw failed;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the connection stands, as far as known.
  boolean isOpen() {
    lock.lock();
    try {
      return session != null && session.isOpen();
    } finally {
      lock.unlock();
    }
  }

  /// Says why the other end closed a connection at once, as far as the machine can tell; otherwise
  /// the failure itself.
  EngineException explained(EngineException broken) {
    SshSession present = session;
    if (broken.reason() != Reason.BROKEN || present == null || !present.isOpen()) {
      return broken;
    }
    String socket = "'" + address.socket().toString().replace("'", "'\\''") + "'";
    try {
      CommandOutput look =
          present.run(
              "if [ ! -e %1$s ]; then echo absent; elif [ ! -w %1$s ]; then echo closed; fi"
                  .formatted(socket),
              LOOK);
      return because(look.out().strip(), broken);
    } catch (SshException _) {
      return broken;
    }
  }

  private EngineException because(String what, EngineException broken) {
    return switch (what) {
      case "absent" ->
          new EngineException(
              Reason.UNREACHABLE,
              "%s: there is no %s on it (start Docker there: sudo systemctl start docker; or install it)"
                  .formatted(address, address.socket()),
              broken);
      case "closed" ->
          new EngineException(
              Reason.FORBIDDEN,
              "%s: permission denied for %s (join the group there: sudo usermod -aG docker %s)"
                  .formatted(
                      address, address.socket(), address.login().address().user().orElse("$USER")),
              broken);
      default ->
          new EngineException(
              Reason.UNREACHABLE,
              "%s: %s there takes no connection (start Docker there: sudo systemctl start docker; if it runs, sshd_config there needs AllowStreamLocalForwarding yes)"
                  .formatted(address, address.socket()),
              broken);
    };
  }

  private void drop() {
    SshSession present = session;
    session = null;
    if (present != null) {
      present.close();
    }
  }
}
