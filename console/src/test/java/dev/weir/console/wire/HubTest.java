package dev.weir.console.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import dev.weir.testing.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A viewer who applies the events in order knows the last picture, also after an absence.
final class HubTest {
  private static final HistorySettings HISTORY =
      new HistorySettings(Duration.ofHours(1), Duration.ofSeconds(15), 1 << 20);

  @Test
  void stateAfterAnyEventsIsTheLastPicture() {
    Seeds.forAll(HubTest::followsWithAbsences);
  }

  private static void followsWithAbsences(RandomGenerator random) {
    var hub = new Hub(7, new PictureHistory(HISTORY));
    var viewer = new ViewerState();
    viewer.take(hub.snapshot());
    boolean away = false;
    Picture shown = Picture.EMPTY;
    for (Picture next : RandomPictures.draw(random, 30, 1000)) {
      hub.publish(next);
      if (random.nextInt(3) > 0) {
        Optional<Frame> delta = hub.advance();
        away = random.nextInt(5) == 0 ? !away : away;
        shown = next;
        if (!away) {
          List<Frame> missed = hub.missed(viewer.lastId()).orElseThrow();
          missed.forEach(viewer::take);
          delta.ifPresent(frame -> assertEquals(frame.id(), viewer.lastId()));
          assertEquals(json(shown), viewer.known());
        }
      }
    }
  }

  @Test
  void missedIsExactlyWhatCameAfter() {
    var hub = new Hub(7, new PictureHistory(HISTORY));
    for (int i = 1; i <= 5; i++) {
      hub.publish(picture(i));
      hub.advance();
    }
    assertEquals(List.of("7-4", "7-5"), ids(hub.missed("7-3")));
    assertEquals(List.of(), ids(hub.missed("7-5")));
    assertTrue(hub.missed("7-6").isEmpty(), "of the future");
    assertTrue(hub.missed("8-3").isEmpty(), "of another process");
    assertTrue(hub.missed("7-x").isEmpty());
    assertTrue(hub.missed("").isEmpty());
  }

  @Test
  void oldDeltasAreForgotten() {
    var hub = new Hub(7, new PictureHistory(HISTORY));
    for (int i = 1; i <= 300; i++) {
      hub.publish(picture(i));
      hub.advance();
    }
    assertTrue(hub.missed("7-59").isEmpty());
    assertEquals(240, hub.missed("7-60").orElseThrow().size());
  }

  @Test
  void ringIsBoundedInBytes() {
    var ring = new ReplayRing(1000, 1000);
    for (int i = 1; i <= 100; i++) {
      ring.add(new Frame("7-" + i, "delta", "x".repeat(100)));
    }
    assertTrue(ring.bytes() <= 1000, () -> "bytes " + ring.bytes());
    assertTrue(ring.after(100).isPresent());
    assertTrue(ring.after(50).isEmpty());
  }

  @Test
  void picturesInBetweenAreMerged() {
    var hub = new Hub(7, new PictureHistory(HISTORY));
    hub.publish(picture(1));
    hub.publish(picture(2));
    assertEquals("7-1", hub.advance().orElseThrow().id());
    assertTrue(hub.advance().isEmpty(), "nothing is new");
    assertEquals(1, hub.framesMade());
  }

  private static List<String> ids(Optional<List<Frame>> frames) {
    return frames.orElseThrow().stream().map(Frame::id).toList();
  }

  private static Picture picture(int figure) {
    return Picture.of(figure, List.of(new Entity("cluster", "{\"nodes\":" + figure + "}")));
  }

  private static Map<String, JsonNode> json(Picture picture) {
    var all = new TreeMap<String, JsonNode>();
    picture
        .entities()
        .forEach((key, entity) -> all.put(key, JsonMapper.shared().readTree(entity.json())));
    return all;
  }
}
