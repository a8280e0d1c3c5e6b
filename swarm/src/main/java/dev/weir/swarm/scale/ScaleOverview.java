package dev.weir.swarm.scale;

import dev.weir.scale.ServiceLoad;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.follow.ScaleLabels;
import dev.weir.swarm.follow.ServiceSize;
import dev.weir.swarm.scale.Board.Actor;
import dev.weir.swarm.scale.Board.Knowledge;
import dev.weir.swarm.scale.Board.Member;
import dev.weir.swarm.scale.Board.News;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Every service of a swarm that has the label `weir.scale`, as a manager and the balancers know
/// it.
///
/// @param name the service
/// @param range its label `weir.scale`
/// @param mode its label `weir.scale.mode`
/// @param desired how many replicas it should have
/// @param running how many tasks run
/// @param actor which balancer sets the number; empty for none
/// @param paused why it is paused; empty if it is not
/// @param load what all balancers measure together; empty if none measures anything
/// @param news the latest decisions of the balancer that acts, or else of any; the oldest first
public record ScaleOverview(
    String name,
    String range,
    String mode,
    int desired,
    int running,
    Optional<String> actor,
    Optional<String> paused,
    Optional<ServiceLoad> load,
    List<News> news) {
  /// Asks a manager.
  ///
  /// @throws dev.weir.swarm.engine.EngineException if it refuses
  public static List<ScaleOverview> of(Engine engine) {
    Board board = ScalerBoard.read(engine);
    var query = new LinkedHashMap<>(Filters.of("label", ScaleLabels.SCALE).query());
    query.put("status", "true");
    return engine.list("/services", query, service -> of(service, board)).stream()
        .sorted(Comparator.comparing(ScaleOverview::name))
        .toList();
  }

  private static ScaleOverview of(JsonNode service, Board board) {
    JsonNode spec = service.path("Spec");
    String name = spec.path("Name").asString("");
    JsonNode labels = spec.path("Labels");
    Optional<String> actor = Optional.ofNullable(board.actors().get(name)).map(Actor::member);
    return new ScaleOverview(
        name,
        labels.path(ScaleLabels.SCALE).asString(""),
        labels.path(ScaleLabels.MODE).asString("advise"),
        ServiceSize.of(service).desired(),
        service.path("ServiceStatus").path("RunningTasks").asInt(0),
        actor,
        Optional.ofNullable(board.paused().get(name)),
        knowledge(board, name).map(Knowledge::load).reduce(ServiceLoad::plus),
        news(board, name, actor));
  }

  private static Stream<Knowledge> knowledge(Board board, String name) {
    return board.members().values().stream()
        .map(Member::services)
        .filter(services -> services.containsKey(name))
        .map(services -> services.get(name));
  }

  private static List<News> news(Board board, String name, Optional<String> actor) {
    var all = new ArrayList<News>();
    for (Map.Entry<String, Member> member : board.members().entrySet()) {
      Knowledge known = member.getValue().services().get(name);
      if (known != null && actor.map(member.getKey()::equals).orElse(true)) {
        all.addAll(known.news());
      }
    }
    all.sort(Comparator.comparingLong(News::epochMillis));
    return all;
  }
}
