package dev.weir.cluster.form;

import dev.weir.cluster.host.Host;
import dev.weir.cluster.host.Waits;
import dev.weir.ssh.SshException;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The engines of machines, through sockets that SSH forwards. What is sent there, such as a join
/// token, appears in no arguments and on no disk.
public final class Engines implements AutoCloseable {
  private static final String SOCKET = "/var/run/docker.sock";
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Waits waits;
  private final Map<Host, Engine> open = new ConcurrentHashMap<>();

  /// @param waits between two tries of an engine that starts
  public Engines(Waits waits) {
    this.waits = waits;
  }

  /// The engine of a machine, which responds now.
  ///
  /// @throws SshException if the connection breaks
  /// @throws EngineException if it does not respond
  public Engine of(Host host) throws SshException {
    Engine known = open.get(host);
    if (known != null) {
      return known;
    }
    Path socket = host.forward(SOCKET);
    Engine engine = Engine.connect(new EngineAddress.Unix(socket));
    open.put(host, engine);
    return engine;
  }

  /// The engine of a machine, within a minute of its start.
  ///
  /// @throws SshException if the connection breaks
  /// @throws FormException if it does not respond by then
  public Engine await(Host host) throws SshException, FormException {
    var last = new EngineException[1];
    if (!waits.<SshException>until(START_MAX, LOOK_EVERY, () -> responds(host, last))) {
      EngineException why = last[0];
      throw new FormException(
          "%s: its engine does not respond within %d s: %s (see: sudo journalctl -u docker)"
              .formatted(host.name(), START_MAX.toSeconds(), why == null ? "" : why.message()));
    }
    return of(host);
  }

  private boolean responds(Host host, @Nullable EngineException[] last) throws SshException {
    try {
      Engine _ = of(host);
      return true;
    } catch (EngineException e) {
      last[0] = e;
      return false;
    }
  }

  /// Forgets a machine's engine: its login was replaced.
  void forget(Host host) {
    Engine known = open.remove(host);
    if (known != null) {
      known.close();
    }
  }

  @Override
  public void close() {
    open.values().forEach(Engine::close);
    open.clear();
  }
}
