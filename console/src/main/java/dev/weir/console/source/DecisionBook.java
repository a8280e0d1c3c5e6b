package dev.weir.console.source;

import dev.weir.swarm.scale.Board;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// The decisions about replicas: those of balancers, from their status and from the board, and
/// those that people made here. Each is kept once, by its instant and service.
///
/// Not thread-safe, but for [#add].
final class DecisionBook {
  static final int KEPT = 300;
  private static final int REMEMBERED_MAX = 5_000;

  private final Numbered<DecisionSeen> decisions = new Numbered<>(KEPT);
  private final LinkedHashSet<String> known = new LinkedHashSet<>();

  /// A decision that someone made here.
  void add(DecisionSeen decision) {
    decisions.add(decision);
  }

  /// Takes in those that are new, in the order of their time.
  void take(SwarmSeen swarm, List<BalancerSeen> balancers, List<DecisionSeen> earlier) {
    var fresh = new ArrayList<DecisionSeen>();
    earlier.forEach(one -> addNew(one, fresh));
    for (BalancerSeen balancer : balancers) {
      for (ServiceFigures service : balancer.status().services()) {
        ScaleFigures scale = service.scale();
        String by = scale.isActing() ? balancer.name() : scale.actor();
        scale.decisions().forEach(one -> addNew(one.by(by), fresh));
      }
    }
    swarm.board().members().forEach((member, of) -> takeNews(swarm.board(), member, of, fresh));
    fresh.sort(Comparator.comparingLong(DecisionSeen::atMillis));
    fresh.forEach(decisions::add);
    while (known.size() > REMEMBERED_MAX) {
      known.removeFirst();
    }
  }

  private void takeNews(Board board, String member, Board.Member of, List<DecisionSeen> fresh) {
    for (Map.Entry<String, Board.Knowledge> service : of.services().entrySet()) {
      Board.Actor actor = board.actors().get(service.getKey());
      if (actor != null && !actor.member().equals(member)) {
        continue; // what the others would have done is no decision
      }
      for (Board.News news : service.getValue().news()) {
        addNew(
            new DecisionSeen(
                news.epochMillis(),
                service.getKey(),
                news.before(),
                news.replicas(),
                Fields.bounded(news.done()),
                Fields.bounded(news.words()),
                Fields.bounded(member)),
            fresh);
      }
    }
  }

  private void addNew(DecisionSeen decision, List<DecisionSeen> fresh) {
    String key = decision.atMillis() + " " + decision.service();
    if (decision.isChange() && known.add(key)) {
      fresh.add(decision);
    }
  }

  /// All that are kept, the oldest first.
  List<Numbered.Entry<DecisionSeen>> all() {
    return decisions.all();
  }
}
