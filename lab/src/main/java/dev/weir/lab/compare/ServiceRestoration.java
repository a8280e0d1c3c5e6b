package dev.weir.lab.compare;

import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.watch.ServiceVariation;
import dev.weir.term.Terminal;

/// Restores a changed service once, and reports it. Thread-safe.
public final class ServiceRestoration {
  private final ServiceVariation variation;
  private final String service;
  private final Terminal terminal;
  private boolean tried;
  private volatile boolean leftChanged;

  /// @param variation of the service, as it was found
  /// @param service its name
  public ServiceRestoration(ServiceVariation variation, String service, Terminal terminal) {
    this.variation = variation;
    this.service = service;
    this.terminal = terminal;
  }

  /// Restores the service, if that was not tried before. A second caller waits until the first is
  /// done.
  public synchronized void putBack() {
    if (tried) {
      return;
    }
    tried = true;
    try {
      if (variation.restore()) {
        terminal.report("weir: " + service + " is put back as it was found");
      }
    } catch (EngineException | IllegalStateException e) {
      leftChanged = true;
      terminal.report(
          "weir: %s is still changed: %s; it was: %s; put it back with: %s"
              .formatted(
                  service,
                  e.getMessage(),
                  variation.found().describe(),
                  variation.restoringCommand()));
    }
  }

  /// Whether the service could not be put back as it was found.
  public boolean isLeftChanged() {
    return leftChanged;
  }
}
