package dev.weir.console.source;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineStream;
import dev.weir.swarm.engine.LogFrames;
import dev.weir.swarm.engine.LogFrames.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The last lines of a task's output, which its manager fetches from the task's machine. Bounded in
/// lines, bytes and time; what came within the bounds is shown.
final class TaskLogs {
  static final int LINES_MAX = 1000;
  private static final int KEPT_BYTES_MAX = 512 << 10;
  private static final int READ_BYTES_MAX = 8 << 20;
  private static final int LINE_MAX = 4000;
  private static final Duration IDLE_MAX = Duration.ofSeconds(4);
  private static final long SECONDS_MAX = 8;
  private static final ScheduledExecutorService CUT =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-console-logs").factory());

  private final ArrayDeque<ObjectNode> lines = new ArrayDeque<>();
  private final int most;
  private boolean truncated;
  private long readBytes;
  private long keptBytes;

  private TaskLogs(int most) {
    this.most = most;
  }

  /// The lines as JSON.
  ///
  /// @param error what the Engine said when the task failed; empty for nothing
  /// @throws EngineException if the manager refuses
  static String json(Engine manager, String taskId, int lines, String error) {
    var logs = new TaskLogs(Math.clamp(lines, 1, LINES_MAX));
    var query = new LinkedHashMap<String, String>();
    query.put("stdout", "true");
    query.put("stderr", "true");
    query.put("timestamps", "true");
    query.put("tail", String.valueOf(logs.most));
    String failure;
    try (EngineStream stream =
        manager.stream("GET", "/tasks/%s/logs".formatted(taskId), query, null, Map.of())) {
      failure = logs.read(stream.idleMax(IDLE_MAX));
    }
    return logs.json(failure.isEmpty() ? error : failure);
  }

  /// Returns why it broke off; empty if it did not.
  private String read(EngineStream stream) {
    ScheduledFuture<?> cut = CUT.schedule(stream::close, SECONDS_MAX, TimeUnit.SECONDS);
    try {
      var frames = new LogFrames(stream);
      for (var frame = frames.next(); frame.isPresent(); frame = frames.next()) {
        LogFrames.Frame one = frame.get();
        readBytes += one.bytes().length;
        if (readBytes > READ_BYTES_MAX) {
          truncated = true;
          return "";
        }
        String text = new String(one.bytes(), StandardCharsets.UTF_8);
        text.lines().forEach(line -> add(line, one.channel()));
      }
      truncated |= stream.isClosed();
      return "";
    } catch (IOException e) {
      truncated = true;
      return "the task's machine sends no more: " + Fields.bounded(String.valueOf(e.getMessage()));
    } finally {
      cut.cancel(false);
    }
  }

  private void add(String line, Channel channel) {
    int space = line.indexOf(' ');
    long at = space < 0 ? 0 : millis(line.substring(0, space));
    String text = at == 0 ? line : line.substring(space + 1);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (at > 0) {
      json.put("at", at);
    }
    json.put("stream", channel == Channel.OUT ? "stdout" : "stderr");
    json.put("text", text.length() <= LINE_MAX ? text : text.substring(0, LINE_MAX) + "…");
    lines.addLast(json);
    keptBytes += bytes(json);
    while (lines.size() > most || keptBytes > KEPT_BYTES_MAX) {
      truncated |= lines.size() <= most;
      keptBytes -= bytes(lines.removeFirst());
    }
  }

  /// Letters, and some for the rest.
  private static long bytes(ObjectNode line) {
    return line.path("text").asString("").length() + 64L;
  }

  private static long millis(String timestamp) {
    try {
      return Instant.parse(timestamp).toEpochMilli();
    } catch (DateTimeException _) {
      return 0;
    }
  }

  private String json(String error) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("lines");
    lines.forEach(array::add);
    json.put("truncated", truncated);
    if (error.isEmpty()) {
      json.putNull("error");
    } else {
      json.put("error", error);
    }
    return json.toString();
  }
}
