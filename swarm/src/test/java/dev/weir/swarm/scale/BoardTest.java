package dev.weir.swarm.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.arrivals.RateEstimate;
import dev.weir.arrivals.RateEstimate.Slope;
import dev.weir.scale.ServiceLoad;
import dev.weir.scale.TwoMomentWork;
import dev.weir.swarm.scale.Board.Actor;
import dev.weir.swarm.scale.Board.Knowledge;
import dev.weir.swarm.scale.Board.Member;
import dev.weir.swarm.scale.Board.News;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A board as labels, and labels that others have spoilt.
final class BoardTest {
  private static final ServiceLoad LOAD =
      new ServiceLoad(
          new RateEstimate(42.5, 3, 1.5, 60, new Slope(.25, .5), new Slope(-1, 2), 50, 60, 3600),
          2.5,
          new TwoMomentWork(.061, .8),
          4,
          3,
          7,
          .25,
          0);

  @Test
  void whatIsWrittenIsRead() {
    var news = new News(1_790_000_000_000L, 5, 6, "scaled", "λ=42±3/s -> 6 (base)");
    var board =
        new Board(
            Map.of(
                "n1-4f2a", new Member(17, Map.of("web", new Knowledge(LOAD, 4.5, List.of(news))))),
            Map.of("web", new Actor("n1-4f2a", 3)),
            Map.of("api", "incident, since noon"));
    Board read = Board.of(board.labels());
    assertThat(read.actors()).isEqualTo(board.actors());
    assertThat(read.paused()).isEqualTo(board.paused());
    Knowledge known = known(read, "n1-4f2a");
    assertThat(known.news()).containsExactly(news);
    assertThat(known.coldStartSeconds()).isEqualTo(4.5);
    assertThat(known.load().rate()).isEqualTo(LOAD.rate());
    assertThat(known.load().work()).returns(.061, law -> law.meanSeconds());
    assertThat(known.load().queued()).isEqualTo(7);
    assertThat(read.labels()).isEqualTo(board.labels());
  }

  @Test
  void whatIsUnknownStaysUnknown() {
    var board =
        new Board(
            Map.of(
                "a",
                new Member(
                    1, Map.of("web", new Knowledge(SharedBoard.load(0), Double.NaN, List.of())))),
            Map.of(),
            Map.of());
    Knowledge known = known(Board.of(board.labels()), "a");
    assertThat(known.coldStartSeconds()).isNaN();
    assertThat(known.load().work()).isNull();
    assertThat(known.load().gapScv()).isNaN();
  }

  @Test
  void spoiltLabelsCountAsAbsent() {
    Board read =
        Board.of(
            Map.of(
                "weir.member.a", "no JSON",
                "weir.member.b", "{\"beat\":1,\"services\":{\"web\":{\"slots\":0}}}",
                "weir.member.c", "[]",
                "weir.actor.web", "a",
                "weir.actor.api", "a many",
                "other", "x"));
    assertThat(read.members()).containsOnlyKeys("c");
    assertThat(read.actors()).isEmpty();
  }

  private static Knowledge known(Board board, String member) {
    Member found = Objects.requireNonNull(board.members().get(member));
    return Objects.requireNonNull(found.services().get("web"));
  }
}
