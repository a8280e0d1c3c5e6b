package dev.weir.cluster.form;

import dev.weir.cluster.host.Waits;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.nodes.SwarmMembership;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes one node out of a swarm without losing what runs there: demote, drain, wait until its
/// tasks run elsewhere, leave, remove. Each step may be done again.
public final class NodeRemoval {
  private static final Duration MOVED_MAX = Duration.ofMinutes(5);
  private static final Duration STEP_MAX = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Engine manager;
  private final Optional<Engine> own;
  private final boolean force;
  private final Waits waits;
  private final Consumer<String> note;

  /// @param manager another node's engine, a manager
  /// @param own the engine of the node that goes; empty if it cannot be reached
  /// @param force go on where tasks find no other place, or the node cannot be reached
  /// @param note takes a line about what is done
  public NodeRemoval(
      Engine manager, Optional<Engine> own, boolean force, Waits waits, Consumer<String> note) {
    this.manager = manager;
    this.own = own;
    this.force = force;
    this.waits = waits;
    this.note = note;
  }

  /// Removes the node.
  ///
  /// @throws FormException if it must stay, or a step is not over in time; what is done by then
  ///   stays, and the message says how to take it back
  public void run(String nodeId) throws FormException {
    SwarmView view = SwarmView.of(manager);
    Optional<SwarmView.Node> found = view.node(nodeId);
    if (found.isEmpty()) {
      leave();
      return;
    }
    SwarmView.Node node = found.get();
    Optional<String> refusal = Quorum.refusal(view, node);
    if (refusal.isPresent()) {
      throw new FormException(refusal.get());
    }
    if (node.manager() && own.filter(manager::equals).isPresent()) {
      throw new FormException(
          "%s: no other manager responds over SSH, and it cannot remove itself (see: weir cluster status)"
              .formatted(node.hostname()));
    }
    Quorum.warning(view, node).ifPresent(note);
    demote(node);
    drain(node);
    leave();
    remove(node);
  }

  private void demote(SwarmView.Node node) throws FormException {
    if (!node.manager()) {
      return;
    }
    note.accept("demotes %s to a worker".formatted(node.hostname()));
    new NodeSpecs(manager).role(node.id(), "worker");
    boolean worker =
        waits.<RuntimeException>until(
            STEP_MAX,
            LOOK_EVERY,
            () -> manager.get("/nodes/" + node.id()).path("ManagerStatus").isMissingNode());
    if (!worker) {
      throw new FormException(
          "%s: still a manager after %d s (see: weir cluster status)"
              .formatted(node.hostname(), STEP_MAX.toSeconds()));
    }
  }

  private void drain(SwarmView.Node node) throws FormException {
    var tasks = new Tasks(manager);
    Map<String, Long> before = tasks.running(node.id());
    note.accept(
        "drains %s: %d tasks of %d services"
            .formatted(node.hostname(), tasks.live(node.id()), before.size()));
    new NodeSpecs(manager).availability(node.id(), "drain");
    Duration limit = own.isPresent() ? MOVED_MAX : STEP_MAX;
    boolean moved =
        waits.<RuntimeException>until(
            limit,
            LOOK_EVERY,
            () -> (own.isEmpty() || tasks.live(node.id()) == 0) && tasks.fewer(before).isEmpty());
    List<String> fewer = moved ? List.of() : tasks.fewer(before);
    if (!moved && !force) {
      throw new FormException(
          ("%s is drained, and after %d s its tasks do not all run elsewhere: %s (make room, then"
                  + " run this again; or --force; to take it back: docker node update"
                  + " --availability active %s)")
              .formatted(
                  node.hostname(),
                  limit.toSeconds(),
                  fewer.isEmpty() ? "some have not ended" : String.join(", ", fewer),
                  node.hostname()));
    }
  }

  private void leave() {
    own.ifPresent(engine -> {
      if (!state(engine).equals("inactive")) {
        note.accept("leaves the swarm");
        new SwarmMembership(engine).leave(true);
      }
    });
  }

  /// A node that has left is Down a moment later, and only then it can go without force.
  private void remove(SwarmView.Node node) {
    boolean down =
        own.isPresent()
            && waits.<RuntimeException>until(
                STEP_MAX,
                LOOK_EVERY,
                () -> SwarmView.of(manager).node(node.id()).map(now -> !now.ready()).orElse(true));
    note.accept("removes %s from the list of nodes".formatted(node.hostname()));
    if (SwarmView.of(manager).node(node.id()).isPresent()) {
      new NodeSpecs(manager).remove(node.id(), !down);
    }
  }

  private static String state(Engine engine) {
    return engine.get("/info").path("Swarm").path("LocalNodeState").asString("inactive");
  }
}
