package dev.weir.swarm.scale;

import dev.weir.scale.ServiceLoad;
import dev.weir.swarm.scale.Board.Actor;
import dev.weir.swarm.scale.Board.Knowledge;
import dev.weir.swarm.scale.Board.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Agrees with the other balancers, through a [Board] that all of them rewrite, which of them sets
/// a service's replicas: the first to ask, until it falls silent.
///
/// A state machine without I/O or clock. Not thread-safe.
final class Accord {
  /*
   * A lease (Gray and Cheriton, SOSP 1989), judged by each side's own clock. Who acts counts its
   * lease from the start of its last successful write. The others count from when they saw that
   * write, which is later. So between the two there are at least three seconds in which nobody acts,
   * and clocks need not agree, only run about as fast. The board's version makes a write fail if
   * another came first.
   */
  private static final long ACT_NANOS = 6_000_000_000L;
  private static final long SILENT_NANOS = 9_000_000_000L;
  private static final long GONE_NANOS = 30_000_000_000L;
  private static final long BEAT_NANOS = 3_500_000_000L;

  /// After a balancer came or went, arrivals move between balancers: nobody knows them for a while.
  private static final long UNSETTLED_NANOS = 60_000_000_000L;

  private final String self;
  private final Map<String, Seen> seen = new HashMap<>();
  private Board present = Board.EMPTY;
  private boolean hasWritten;
  private long writtenNanos;
  private long changedNanos;
  private boolean hasChanged;
  private long beat;

  /// @param self the name of this balancer, unlike any other's
  Accord(String self) {
    this.self = self;
  }

  /// Takes notice of the board.
  void see(Board board, long nowNanos) {
    board
        .members()
        .forEach((name, member) -> {
          Seen known = seen.get(name);
          if (known == null || known.beat != member.beat()) {
            seen.put(name, new Seen(member.beat(), nowNanos));
          }
          if (known == null && hasWritten && !name.equals(self)) {
            changed(nowNanos);
          }
        });
    noteLost(board, nowNanos);
    seen.keySet().retainAll(board.members().keySet());
    present = board;
  }

  private void noteLost(Board board, long nowNanos) {
    boolean isAnyLost =
        present.members().keySet().stream()
            .anyMatch(name -> !name.equals(self) && !board.members().containsKey(name));
    if (hasWritten && isAnyLost) {
      changed(nowNanos);
    }
  }

  private void changed(long nowNanos) {
    hasChanged = true;
    changedNanos = nowNanos;
  }

  /// Whether it is time to write again.
  boolean isDue(long nowNanos) {
    return !hasWritten || nowNanos - writtenNanos >= BEAT_NANOS;
  }

  /// What to write over the board that was seen last.
  ///
  /// @param own what this balancer knows of each service whose replicas it could set
  Board next(Map<String, Knowledge> own, long nowNanos) {
    beat++;
    var members = new LinkedHashMap<String, Member>();
    present
        .members()
        .forEach((name, member) -> {
          if (!isSilentFor(name, GONE_NANOS, nowNanos)) {
            members.put(name, member);
          }
        });
    members.put(self, new Member(beat, own));
    var actors = new LinkedHashMap<String, Actor>();
    present
        .actors()
        .forEach((service, actor) -> {
          Member member = members.get(actor.member());
          if (member != null && member.services().containsKey(service)) {
            actors.put(service, actor);
          }
        });
    for (String service : own.keySet()) {
      Actor actor = present.actors().get(service);
      if (actor == null || !holds(actor, service, nowNanos)) {
        actors.put(service, new Actor(self, actor == null ? 1 : actor.term() + 1));
      }
    }
    return new Board(members, actors, present.paused());
  }

  private boolean holds(Actor actor, String service, long nowNanos) {
    String name = actor.member();
    if (name.equals(self)) {
      return true;
    }
    Member member = present.members().get(name);
    return member != null
        && member.services().containsKey(service)
        && !isSilentFor(name, SILENT_NANOS, nowNanos);
  }

  private boolean isSilentFor(String name, long nanos, long nowNanos) {
    Seen last = seen.get(name);
    return !name.equals(self) && last != null && nowNanos - last.atNanos >= nanos;
  }

  /// What to write when this balancer ends: others take over at once.
  Board leave() {
    var members = new LinkedHashMap<>(present.members());
    members.remove(self);
    var actors = new LinkedHashMap<>(present.actors());
    actors.values().removeIf(actor -> actor.member().equals(self));
    return new Board(members, actors, present.paused());
  }

  /// The board was written.
  ///
  /// @param startNanos when the write began
  void written(Board board, long startNanos) {
    seen.put(self, new Seen(beat, startNanos));
    noteLost(board, startNanos);
    present = board;
    hasWritten = true;
    writtenNanos = startNanos;
  }

  /// Whether this balancer may set the service's replicas now.
  boolean acts(String service, long nowNanos) {
    return mayAct(nowNanos) && actor(service).filter(self::equals).isPresent();
  }

  /// Whether this balancer has written lately enough to act for any service.
  boolean mayAct(long nowNanos) {
    return hasWritten && nowNanos - writtenNanos < ACT_NANOS;
  }

  /// Which balancer sets the service's replicas, as last seen.
  Optional<String> actor(String service) {
    return Optional.ofNullable(present.actors().get(service)).map(Actor::member);
  }

  /// Why the service is paused; empty if it is not.
  Optional<String> paused(String service) {
    return Optional.ofNullable(present.paused().get(service));
  }

  /// What the other balancers measure of the service.
  List<ServiceLoad> others(String service, long nowNanos) {
    var loads = new ArrayList<ServiceLoad>();
    present
        .members()
        .forEach((name, member) -> {
          Knowledge known = member.services().get(service);
          if (!name.equals(self) && known != null && !isSilentFor(name, SILENT_NANOS, nowNanos)) {
            loads.add(known.load());
          }
        });
    return loads;
  }

  /// The longest of the others' measured cold starts, in seconds; 0 if they know none.
  double coldStartSeconds(String service) {
    return present.members().values().stream()
        .map(member -> member.services().get(service))
        .filter(Objects::nonNull)
        .mapToDouble(Knowledge::coldStartSeconds)
        .filter(seconds -> seconds > 0)
        .max()
        .orElse(0);
  }

  /// Whether the others' loads are known well enough to remove replicas.
  boolean isSettled(long nowNanos) {
    boolean isRecent = hasWritten && nowNanos - writtenNanos < SILENT_NANOS;
    boolean isQuiet = !hasChanged || nowNanos - changedNanos >= UNSETTLED_NANOS;
    return isRecent
        && isQuiet
        && present.members().keySet().stream()
            .noneMatch(name -> isSilentFor(name, SILENT_NANOS, nowNanos));
  }

  /// The last change of a member, and when it was seen.
  private record Seen(long beat, long atNanos) {}
}
