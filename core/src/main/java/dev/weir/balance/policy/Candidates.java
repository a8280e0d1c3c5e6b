package dev.weir.balance.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The replicas that a policy may choose from. A pick reads the list and copies nothing.
public final class Candidates<C extends Candidate> {
  /// From this number of replicas on, a ranking is cheaper than a look at each.
  private static final int RANKED_FROM = 12;

  private final List<C> replicas = new ArrayList<>();
  private final @Nullable Ranking<C> ranking;
  private boolean ranked;

  /// @param order keeps the best at hand, provided that [#changed] reports each change; null to
  ///   look at each replica for each pick
  public Candidates(@Nullable Order order) {
    ranking = order == null ? null : new Ranking<>(order);
  }

  public int size() {
    return replicas.size();
  }

  public boolean isEmpty() {
    return replicas.isEmpty();
  }

  /// The replica at `index`, from 0 to `size() - 1`.
  public C at(int index) {
    return replicas.get(index);
  }

  /// The best by `order`, which is the pool's own if it has one. There is at least one replica.
  C best(Order order) {
    if (ranked && ranking != null) {
      return ranking.best();
    }
    C best = replicas.get(0);
    for (int i = 1; i < replicas.size(); i++) {
      if (order.isBefore(replicas.get(i), best)) {
        best = replicas.get(i);
      }
    }
    return best;
  }

  /// The policy's input has changed for this replica.
  public void changed(C replica) {
    if (ranked && ranking != null) {
      ranking.changed(replica);
    }
  }

  /// All members are in, or all may have changed.
  public void rank() {
    ranked = ranking != null && replicas.size() >= RANKED_FROM;
    if (ranked && ranking != null) {
      ranking.become(replicas);
    }
  }

  public void add(C replica) {
    replicas.add(replica);
  }

  /// Takes over the others' members except `avoid`.
  public void refillWithout(C avoid, Candidates<C> others) {
    clear();
    for (int i = 0; i < others.size(); i++) {
      if (!others.at(i).equals(avoid)) {
        replicas.add(others.at(i));
      }
    }
  }

  public void clear() {
    replicas.clear();
    ranked = false;
  }
}
