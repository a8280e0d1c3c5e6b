package dev.weir.console.source;

import dev.weir.observe.http.Documents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// One balancer that is asked again and again, never twice at once, on a short thread each time.
final class FollowedBalancer {
  private final String name;
  private final BalancerPages pages;
  private final LongSupplier clock;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile BalancerSeen seen;
  private volatile List<DecisionSeen> earlier = List.of();

  FollowedBalancer(String name, BalancerPages pages, LongSupplier clock) {
    this.name = name;
    this.pages = pages;
    this.clock = clock;
    this.seen = new BalancerSeen(name, "", BalancerStatus.NONE, 0, "not asked yet");
  }

  /// What it said last.
  BalancerSeen seen() {
    return seen;
  }

  /// The decisions that it had kept when it was first reached, once; empty afterwards.
  List<DecisionSeen> takeEarlier() {
    List<DecisionSeen> taken = earlier;
    earlier = List.of();
    return taken;
  }

  /// Asks it, unless the last question is still open.
  void ask() {
    if (asking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("weir-console-balancer").start(this::askNow);
    }
  }

  private void askNow() {
    BalancerSeen before = seen;
    try {
      BalancerStatus status = BalancerStatus.of(text("/status"));
      if (before.knownMillis() == 0) {
        earlier = history();
      }
      seen = new BalancerSeen(name, address(), status, clock.getAsLong(), "");
    } catch (IOException | RuntimeException e) {
      String why = Fields.bounded(String.valueOf(e.getMessage()));
      seen = new BalancerSeen(name, before.address(), before.status(), before.knownMillis(), why);
    } finally {
      asking.set(false);
    }
  }

  private String text(String path) throws IOException {
    String text = pages.page(path);
    if (text == null) {
      throw new IOException("it has no page " + path);
    }
    return text;
  }

  private String address() {
    return pages instanceof HttpPages http ? http.address() : "";
  }

  /// Empty if it scales nothing, or is of a version without that page.
  private List<DecisionSeen> history() {
    try {
      return history(text("/scale"));
    } catch (IOException _) {
      return List.of();
    }
  }

  private List<DecisionSeen> history(String page) throws IOException {
    var decisions = new ArrayList<DecisionSeen>();
    for (var service : Documents.object(page).path("services").properties()) {
      ScaleFigures figures = ScaleFigures.of(service.getValue(), service.getKey());
      String by = figures.isActing() ? name : figures.actor();
      figures.decisions().forEach(decision -> decisions.add(decision.by(by)));
    }
    return decisions;
  }
}
