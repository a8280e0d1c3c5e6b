package dev.weir.console.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import dev.weir.testing.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The past is what was published, within its bounds.
final class PictureHistoryTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void withFiguresAlwaysKeptEveryInstantIsExact() {
    var settings = new HistorySettings(HOUR, Duration.ZERO, 1 << 20);
    Seeds.forAll(
        200,
        random -> {
          List<Picture> pictures = RandomPictures.draw(random, 40, 1000);
          PictureHistory history = history(settings, pictures);
          Picture drawn = pictures.get(random.nextInt(pictures.size()));
          assertEquals(drawn.entities(), at(history, drawn.epochMillis()).entities());
          Picture last = pictures.getLast();
          assertEquals(last.entities(), at(history, Long.MAX_VALUE).entities());
        });
  }

  @Test
  void withFiguresAtIntervalsEverythingElseIsExact() {
    var settings = new HistorySettings(HOUR, Duration.ofSeconds(15), 1 << 20);
    Seeds.forAll(200, random -> checkAll(settings, random));
  }

  private static void checkAll(HistorySettings settings, RandomGenerator random) {
    List<Picture> pictures = RandomPictures.draw(random, 40, 1000);
    PictureHistory history = history(settings, pictures);
    for (Picture one : pictures) {
      assertEquals(
          RandomPictures.withoutFigures(one),
          RandomPictures.withoutFigures(at(history, one.epochMillis())));
    }
  }

  @Test
  void figuresAreNoOlderThanTheirInterval() {
    var history = new PictureHistory(new HistorySettings(HOUR, Duration.ofSeconds(15), 1 << 20));
    for (int second = 0; second <= 100; second++) {
      history.add(picture(second * 1000L, second));
    }
    assertEquals(picture(90_000, 90).entities(), at(history, 100_000).entities());
    assertEquals(picture(15_000, 15).entities(), at(history, 29_999).entities());
  }

  @Test
  void theOldestPartIsForgottenByTimeAndByBytes() {
    var byTime = new PictureHistory(new HistorySettings(HOUR, Duration.ZERO, 1 << 20));
    var byBytes = new PictureHistory(new HistorySettings(HOUR, Duration.ZERO, 8 << 10));
    for (int second = 0; second < 7200; second++) {
      byTime.add(picture(second * 1000L, second));
      byBytes.add(picture(second * 1000L, second));
    }
    assertEquals(7199_000 - 3600_000, byTime.span().orElseThrow().from());
    assertEquals(7199_000, byTime.span().orElseThrow().to());
    assertTrue(byBytes.bytes() <= 8 << 10, () -> "bytes " + byBytes.bytes());
    assertTrue(byBytes.span().orElseThrow().from() > 3_700_000);
  }

  @Test
  void anEarlierTimeGivesTheFirstAndAnEmptyHistoryNothing() {
    var history = new PictureHistory(new HistorySettings(HOUR, Duration.ZERO, 1 << 20));
    assertTrue(history.at(5).isEmpty());
    assertTrue(history.span().isEmpty());
    history.add(picture(10_000, 1));
    assertEquals(picture(10_000, 1), at(history, 5));
  }

  @Test
  void aClockThatGoesBackHarmsNothing() {
    var history = new PictureHistory(new HistorySettings(HOUR, Duration.ZERO, 1 << 20));
    history.add(picture(10_000, 1));
    history.add(picture(4_000, 2));
    assertEquals(picture(0, 2).entities(), at(history, 10_000).entities());
  }

  @Test
  void onlyFiguresAreFigures() {
    var one = new Entity("task/1", "{\"cpu\":0.5,\"error\":\"x,\\\"cpu\\\":1\",\"inFlight\":null}");
    var figures =
        new Entity("task/1", "{\"cpu\":7e-1,\"error\":\"x,\\\"cpu\\\":1\",\"inFlight\":3}");
    var text =
        new Entity("task/1", "{\"cpu\":0.5,\"error\":\"x,\\\"cpu\\\":2\",\"inFlight\":null}");
    assertFalse(Figures.differBeyond(one, figures));
    assertTrue(Figures.differBeyond(one, text));
  }

  private static PictureHistory history(HistorySettings settings, List<Picture> pictures) {
    var history = new PictureHistory(settings);
    pictures.forEach(history::add);
    return history;
  }

  private static Picture at(PictureHistory history, long millis) {
    return history.at(millis).orElseThrow();
  }

  private static Picture picture(long millis, int cpu) {
    return Picture.of(millis, List.of(new Entity("task/1", "{\"cpu\":" + cpu + "}")));
  }
}
