package dev.weir.cli.scale;

import dev.weir.proxy.ProxyServer;
import dev.weir.scale.ScaleEvent;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.follow.TaskFollower;
import dev.weir.swarm.scale.ScaleListener;
import dev.weir.swarm.scale.SwarmScaler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Scales the services of a running proxy.
public final class ProxyScaling implements AutoCloseable {
  private static final int NAME_LETTERS_MAX = 40;

  private final SwarmScaler scaler;

  private ProxyScaling(SwarmScaler scaler) {
    this.scaler = scaler;
  }

  /// Starts to scale, and shows it on the proxy's status pages.
  ///
  /// @param managers where to write
  /// @param log a file that keeps every decision; null for none
  /// @param said takes a line for each change and each failure
  public static ProxyScaling start(
      ProxyServer server,
      TaskFollower follower,
      List<EngineAddress> managers,
      @Nullable Path log,
      Consumer<String> said) {
    Optional<ScaleLog> file = Optional.ofNullable(log).map(path -> ScaleLog.open(path, said));
    var listener =
        new ScaleListener() {
          @Override
          public void said(String line) {
            said.accept(line);
          }

          @Override
          public void decided(String service, ScaleEvent event) {
            file.ifPresent(open -> open.add(service, event));
          }
        };
    SwarmScaler scaler =
        SwarmScaler.start(ownName(), follower, managers, new ProxyServices(server), listener);
    server.scaling(scaler::reports);
    server.onWake(scaler::wake);
    return new ProxyScaling(scaler);
  }

  /// This machine's or container's name, and some letters that tell restarts apart.
  private static String ownName() {
    Map<String, String> environment = System.getenv();
    String host = environment.getOrDefault("HOSTNAME", "weir").replaceAll("[^A-Za-z0-9-]", "-");
    String start = host.isEmpty() ? "weir" : host;
    String random = "%06x".formatted(RandomGenerator.getDefault().nextInt(1 << 24));
    return start.substring(0, Math.min(NAME_LETTERS_MAX, start.length())) + "-" + random;
  }

  /// The services or their replicas changed.
  public void changed() {
    scaler.changed();
  }

  @Override
  public void close() {
    scaler.close();
  }
}
