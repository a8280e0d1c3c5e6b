package dev.weir.cli.stack;

import dev.weir.cli.engine.EngineOptions;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.stack.StackListing;
import dev.weir.term.Terminal;
import dev.weir.term.TerminalSize;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The swarm at a glance, again and again. While the manager does not respond, what was seen last
/// stays, with the reason above it.
final class StackWatching {
  private final EngineOptions options;
  private final Terminal terminal;
  private @Nullable Engine engine;
  private @Nullable Seen seen;
  private String failure = "";

  StackWatching(EngineOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  /// What was listed at once.
  private record Seen(
      List<StackListing.Node> nodes,
      List<StackListing.Service> services,
      List<StackListing.Task> tasks) {
    static Seen of(StackListing listing) {
      return new Seen(listing.nodes(), listing.services(), listing.tasks());
    }
  }

  /// Shows it until a signal. The first failure ends it: then the address or the rights are wrong.
  void run(Duration interval) throws InterruptedException {
    while (true) {
      long askedNanos = System.nanoTime();
      Seen before = seen;
      String earlier = failure;
      look();
      boolean isNew = (seen != null && !seen.equals(before)) || !failure.equals(earlier);
      if (terminal.isPerson()) {
        terminal.redraw(lines(), TerminalSize.now());
      } else if (isNew) {
        lines().forEach(terminal::print);
      }
      LockSupport.parkNanos(this, interval.toNanos() - (System.nanoTime() - askedNanos));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private void look() {
    try {
      Engine connected = engine == null ? options.connect() : engine;
      engine = connected;
      seen = Seen.of(new StackListing(connected));
      failure = "";
    } catch (EngineException e) {
      if (seen == null) {
        throw e;
      }
      failure = String.valueOf(e.getMessage());
      close();
    }
  }

  private void close() {
    if (engine != null) {
      engine.close();
      engine = null;
    }
  }

  private List<String> lines() {
    var lines = new ArrayList<String>();
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    lines.add(terminal.bold(now));
    if (!failure.isEmpty()) {
      lines.add(terminal.red("as last seen: " + failure));
    }
    Seen last = seen;
    if (last != null) {
      StackTables.tree(last.nodes, last.services, last.tasks).stream()
          .map(this::coloured)
          .forEach(lines::add);
    }
    return lines;
  }

  private String coloured(String line) {
    if (line.contains(", down") || line.contains("failed") || line.contains("rejected")) {
      return terminal.red(line);
    }
    return line.contains("running ") ? terminal.green(line) : line;
  }
}
