package dev.weir.load.send;

import static dev.weir.load.send.ScriptedServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.arrivals.Constant;
import dev.weir.arrivals.Schedule;
import dev.weir.load.http.ReplicaNames;
import dev.weir.load.http.ResponseHead;
import dev.weir.load.http.Target;
import dev.weir.load.record.LoadResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Names from a header are bounded in length and number, and a note says so once.
@Timeout(60)
class ReplicaNamesTest {
  private static final int REQUESTS = ReplicaNames.NAMES_MAX + 200;

  @Test
  void manyLongNames() throws Exception {
    String filler = "x".repeat(8_000);
    try (var server =
        new ScriptedServer((number, socket) -> {
          say(
              socket,
              "HTTP/1.1 200 OK\r\nX-Served-By: %d-%s\r\nContent-Length: 0\r\n\r\n"
                  .formatted(number, filler));
          return true;
        })) {
      Target target = Target.parse(server.url());
      LoadRun run =
          LoadRun.prepare(
              LoadSettings.of(target, Schedule.ofCount(new Constant(0.0005), REQUESTS, 0)),
              _ -> {});
      run.start();
      LoadResult result = run.await();
      assertThat(result.statuses()).containsEntry(200, (long) REQUESTS);
      assertThat(result.replicas()).hasSize(ReplicaNames.NAMES_MAX + 1);
      assertThat(result.replicas()).containsEntry(ReplicaNames.OTHERS, 200L);
      assertThat(result.replicas().keySet())
          .allMatch(name -> name.length() <= ResponseHead.REPLICA_BYTES_MAX);
      assertThat(result.notes())
          .containsExactly(
              "more than 1,000 replicas named themselves: the rest are counted as (others)",
              "names of replicas longer than 128 bytes are cut");
    }
  }

  @Test
  void fewShortNamesNeedNoWord() {
    var names = new ReplicaNames();
    assertThat(names.kept("web.1", false)).isEqualTo("web.1");
    assertThat(names.kept("", false)).isEmpty();
    assertThat(names.notes()).isEmpty();
  }
}
