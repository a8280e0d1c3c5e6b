package dev.weir.console.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.action.ActionException;
import dev.weir.console.action.Who;
import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A whole source before a played manager and played balancers, on real sockets.
@Timeout(120)
final class ConsoleSourceTest {
  private static final String TASK = "aaaaaaaaaaaabbbbbbbbbbbbb";
  private static final String LATENCY = "[[0.1,0.2,99],[0.4,0.5,1]]";

  private final LinkedBlockingQueue<Picture> pictures = new LinkedBlockingQueue<>(1000);

  private ConsoleSource start(
      boolean writes, List<PlayedManager> managers, List<PlayedManager> balancers) {
    var pages = new LinkedHashMap<String, BalancerPages>();
    balancers.forEach(one -> pages.put("b" + pages.size(), SourceSettings.at(one.uri())));
    UsageSource none = () -> new UsageSource.Reading(List.of(), List.of("CPU and memory: none"));
    return ConsoleSource.start(
        new SourceSettings(
            managers.stream().map(PlayedManager::address).toList(), pages, none, writes, "9.9"),
        picture -> {
          boolean _ = pictures.offer(picture);
        });
  }

  private Picture await(Predicate<Picture> expected) throws InterruptedException {
    Picture last = Picture.EMPTY;
    for (int looks = 0; looks < 40; looks++) {
      Picture next = pictures.poll(5, TimeUnit.SECONDS);
      last = next == null ? last : next;
      if (next != null && expected.test(next)) {
        return next;
      }
    }
    throw new AssertionError("seen last: " + last);
  }

  private static String json(Picture picture, String key) {
    Entity entity = picture.entities().get(key);
    return entity == null ? "" : entity.json();
  }

  private static PlayedManager swarm() throws Exception {
    return new PlayedManager()
        .set("/nodes", "[" + PlayedObjects.node("n1", "m1", "ready") + "]")
        .set(
            "/services",
            "[" + PlayedObjects.service("s1", "web", 2, ",\"weir.scale\":\"1..5\"") + "]")
        .set("/services/s1", PlayedObjects.service("s1", "web", 2, ",\"weir.scale\":\"1..5\""))
        .set("/tasks", "[" + PlayedObjects.task(TASK, "s1", 1, "running", "running") + "]");
  }

  @Test
  void onlyNamedFieldsLeave() throws Exception {
    try (PlayedManager manager = swarm();
        ConsoleSource _ = start(false, List.of(manager), List.of())) {
      Picture picture = await(one -> one.entities().containsKey("task/" + TASK));
      assertThat(picture.toString()).doesNotContain(PlayedObjects.SECRET);
      assertThat(json(picture, "service/s1"))
          .contains("\"image\":\"web:1\"", "\"state\":\"updating\"", "\"range\":\"1..5\"");
      assertThat(json(picture, "node/n1")).contains("\"name\":\"m1\"", "\"leader\":true");
      assertThat(json(picture, "task/" + TASK)).contains("\"addresses\":[\"10.0.1.5\"]");
      assertThat(json(picture, "cluster"))
          .contains("\"id\":\"c1\"", "no balancer is known", "CPU and memory: none");
    }
  }

  @Test
  void aTaskThatFailedStaysWithItsError() throws Exception {
    try (PlayedManager manager = swarm();
        ConsoleSource _ = start(false, List.of(manager), List.of())) {
      await(one -> one.entities().containsKey("task/" + TASK));
      manager.set("/tasks?id", "[" + PlayedObjects.task(TASK, "s1", 1, "failed", "shutdown") + "]");
      manager.set("/tasks", "[]");
      Picture picture = await(one -> json(one, "task/" + TASK).contains("\"state\":\"failed\""));
      assertThat(json(picture, "task/" + TASK)).contains("\"exitCode\":137", "non-zero exit");
      Picture later = await(one -> one.toString().contains("web.1 on m1 failed: exit 137"));
      assertThat(json(later, "service/s1")).contains("\"running\":0");
    }
  }

  @Test
  void whileNoManagerRespondsTheLastPictureStays() throws Exception {
    PlayedManager manager = swarm();
    int port = manager.port();
    try (ConsoleSource _ = start(false, List.of(manager), List.of())) {
      Picture known = await(one -> one.entities().containsKey("task/" + TASK));
      manager.close();
      Picture away = await(one -> json(one, "cluster").contains("\"failure\""));
      assertThat(away.entities()).containsKey("task/" + TASK);
      assertThat(json(away, "cluster")).contains("changes since", "no manager responds");
      assertThat(known.epochMillis()).isLessThan(away.epochMillis());
      try (PlayedManager _ = new PlayedManager(port)) {
        await(one -> !json(one, "cluster").contains("\"failure\""));
        await(one -> one.toString().contains("responds again"));
      }
    }
  }

  @Test
  void theNextManagerIsAsked() throws Exception {
    PlayedManager dead = swarm();
    try (PlayedManager manager = swarm()) {
      dead.close();
      try (ConsoleSource _ = start(false, List.of(dead, manager), List.of())) {
        Picture picture = await(one -> one.entities().containsKey("task/" + TASK));
        assertThat(json(picture, "cluster")).contains("tcp://127.0.0.1:" + manager.port());
      }
    }
  }

  @Test
  void balancersAddUpAndOneCountsOnce() throws Exception {
    try (PlayedManager manager = swarm();
        PlayedManager first =
            new PlayedManager().set("/status", PlayedObjects.status("i1", 10, 3, LATENCY));
        PlayedManager second =
            new PlayedManager().set("/status", PlayedObjects.status("i2", 20, 4, LATENCY));
        PlayedManager same =
            new PlayedManager().set("/status", PlayedObjects.status("i1", 10, 3, LATENCY));
        ConsoleSource source = start(false, List.of(manager), List.of(first, second, same))) {
      Picture picture = await(one -> json(one, "service/s1").contains("\"arrivals\":30"));
      assertThat(json(picture, "service/s1"))
          .contains("\"queued\":7", "\"inFlight\":4", "\"promise\":\"p99<300ms\"", "\"kept\":true")
          .contains("\"predicted\"");
      assertThat(json(picture, "task/" + TASK)).contains("\"limit\":8", "\"health\":\"eligible\"");
      assertThat(picture.entities().keySet().stream().filter(key -> key.startsWith("balancer/")))
          .hasSize(2);
      assertThat(source.actions().curve("s1")).contains("\"now\":1", "\"lambda\":30");
      assertThat(source.actions().series("s1")).contains("\"arrivals\":[");
    }
  }

  @Test
  void changesAreWrittenAndNotedWithWho() throws Exception {
    try (PlayedManager manager = swarm();
        ConsoleSource source = start(true, List.of(manager), List.of())) {
      await(one -> one.entities().containsKey("task/" + TASK));
      var who = new Who("ann", "10.9.8.7");
      assertThat(source.actions().scale("s1", 5, who)).contains("from 2 to 5");
      assertThat(manager.posted().getLast())
          .startsWith("/services/s1/update ")
          .contains("\"Replicas\":5");
      String _ = source.actions().roll("s1", who);
      assertThat(manager.posted().getLast()).contains("\"ForceUpdate\":1");
      Picture picture = await(one -> one.entities().containsKey("decision/2"));
      assertThat(json(picture, "decision/1")).contains("\"by\":\"ann from 10.9.8.7\"", "\"to\":5");
    }
  }

  @Test
  void withoutTheFlagNothingIsWritten() throws Exception {
    try (PlayedManager manager = swarm();
        ConsoleSource source = start(false, List.of(manager), List.of())) {
      await(one -> one.entities().containsKey("task/" + TASK));
      assertThat(source.actions().writable()).isFalse();
      try {
        String _ = source.actions().scale("s1", 5, new Who("ann", "10.9.8.7"));
        throw new AssertionError("written: " + manager.posted());
      } catch (ActionException e) {
        assertThat(e.status()).isEqualTo(403);
      }
      assertThat(manager.posted()).isEmpty();
    }
  }

  @Test
  void aBalancerWithoutASwarmIsShownAlone() throws Exception {
    try (PlayedManager balancer =
            new PlayedManager().set("/status", PlayedObjects.status("i1", 10, 3, LATENCY));
        ConsoleSource _ = start(false, List.of(), List.of(balancer))) {
      Picture picture = await(one -> one.entities().containsKey("service/static-web"));
      assertThat(json(picture, "cluster")).contains("no manager is asked");
      assertThat(Map.copyOf(picture.entities())).containsKey("task/static-web-web-1-aaaaaaaaaaaa");
    }
  }
}
