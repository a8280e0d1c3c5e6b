package dev.weir.console.web;

import dev.weir.console.wire.Hub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;

/// A console of a played swarm, to look at in a browser and to measure. It runs until it is
/// stopped:
///
/// ```sh
/// ./mvnw -q -pl console -am test-compile
/// java -cp CLASSPATH dev.weir.console.web.PlayedConsole --nodes 100 --tasks 2000 --rate 200
/// ```
///
/// `--port` (8088), `--token FILE`, `--write true`, `--page FOLDER` serves the page's files from
/// there and reads them again for each request.
final class PlayedConsole implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(500);

  private final ConsoleServer server;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  private PlayedConsole(ConsoleServer server) {
    this.server = server;
  }

  /// Serves a swarm, of whose tiles `rate` change each second.
  static PlayedConsole start(
      ConsoleSettings settings, PlayedSwarm swarm, double rate, Hub hub, StaticFiles files) {
    int changes = (int) Math.round(rate * PERIOD.toMillis() / 1000);
    hub.publish(swarm.picture(System.currentTimeMillis()));
    var means = new Means(files, Limits.usual(), System::nanoTime);
    var played =
        new PlayedConsole(ConsoleServer.start(settings, hub, new PlayedActions(swarm), means));
    var _ =
        played.clock.scheduleAtFixedRate(
            () -> hub.publish(swarm.next(changes, System.currentTimeMillis())),
            PERIOD.toMillis(),
            PERIOD.toMillis(),
            TimeUnit.MILLISECONDS);
    return played;
  }

  ConsoleServer server() {
    return server;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    server.close();
  }

  /// Reads the page's files again for each request, so that a browser's reload shows changes.
  static StaticFiles live(Path folder) {
    return path -> {
      try {
        byte[] bytes = StaticFiles.ofFolder(folder).get(path.substring(1));
        return Optional.ofNullable(bytes).map(found -> new StaticFile(path, found));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /// Runs it; see above for the options.
  public static void main(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    long now = System.currentTimeMillis();
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    int nodes = Integer.parseInt(options.getOrDefault("--nodes", "100"));
    int tasks = Integer.parseInt(options.getOrDefault("--tasks", "2000"));
    var swarm = new PlayedSwarm(nodes, tasks, random, now);
    var settings =
        ConsoleSettings.loopback(Integer.parseInt(options.getOrDefault("--port", "8088")))
            .withWrite(Boolean.parseBoolean(options.getOrDefault("--write", "false")));
    if (options.containsKey("--token")) {
      settings = settings.withTokenFile(Path.of(options.get("--token")));
    }
    double rate = Double.parseDouble(options.getOrDefault("--rate", "200"));
    StaticFiles files =
        options.containsKey("--page")
            ? live(Path.of(options.get("--page")))
            : StaticFiles.shipped();
    var _ = start(settings, swarm, rate, Hub.ofHour(), files);
  }
}
