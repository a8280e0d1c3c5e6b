package dev.weir.console.web;

import dev.weir.base.JsonText;
import dev.weir.console.action.ActionException;
import dev.weir.console.action.ConsoleActions;
import dev.weir.console.action.Who;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/// What a played swarm answers to questions and does on demand.
final class PlayedActions implements ConsoleActions {
  private static final int STEPS = 720;
  private static final long STEP_MILLIS = 5000;

  private final PlayedSwarm swarm;

  PlayedActions(PlayedSwarm swarm) {
    this.swarm = swarm;
  }

  @Override
  public String series(String serviceId) {
    long now = System.currentTimeMillis() / STEP_MILLIS * STEP_MILLIS;
    var fields = new LinkedHashMap<String, Object>();
    fields.put(
        "t", IntStream.range(0, STEPS).mapToObj(i -> now - (STEPS - i) * STEP_MILLIS).toList());
    fields.put("arrivals", wave(x -> 500 + 200 * x));
    fields.put("queued", wave(x -> Math.max(0, 8 * x)));
    fields.put("inFlight", wave(x -> 60 + 30 * x));
    fields.put("p50", wave(x -> 48 + 5 * x));
    fields.put("p99", wave(x -> 220 + 110 * x));
    fields.put("running", wave(x -> Math.rint(40 + 4 * x)));
    fields.put("wanted", wave(x -> Math.rint(40 + 5 * x)));
    return JsonText.of(fields);
  }

  private static List<Double> wave(DoubleFunction<Double> shape) {
    return IntStream.range(0, STEPS)
        .mapToObj(i -> shape.apply(Math.sin(i / 40.0) + .2 * Math.sin(i * 1.7)))
        .toList();
  }

  @Override
  public String curve(String serviceId) {
    var k = IntStream.rangeClosed(30, 60).boxed().toList();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("now", 40);
    fields.put("promise", "p99<300ms");
    fields.put("k", k);
    fields.put("predicted", k.stream().map(n -> 150 + 4000.0 / (n - 26)).toList());
    fields.put("utilisation", k.stream().map(n -> 25.0 / n).toList());
    fields.put(
        "formula", Map.of("lambda", 600, "workSeconds", .042, "workScv", 1.2, "arrivalScv", 1.1));
    fields.put("why", "35 replicas are the fewest whose p99 stays below 300 ms");
    return JsonText.of(fields);
  }

  @Override
  public String logs(String taskId, int lines) {
    long now = System.currentTimeMillis();
    var texts =
        IntStream.range(0, lines)
            .mapToObj(i ->
                Map.<String, Object>of(
                    "at",
                    now - 1000L * (lines - i),
                    "stream",
                    i % 9 == 8 ? "stderr" : "stdout",
                    "text",
                    "line " + i + " of " + taskId + " <b>not bold</b>"))
            .toList();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("lines", texts);
    fields.put("truncated", true);
    return JsonText.of(fields);
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public String scale(String serviceId, int replicas, Who who) {
    swarm.scale(serviceId, replicas, who.toString(), System.currentTimeMillis());
    return JsonText.of(Map.of("done", true));
  }

  @Override
  public String roll(String serviceId, Who who) throws ActionException {
    throw new ActionException(409, "a played service does not roll");
  }

  @Override
  public String pause(String serviceId, String reason, Who who) {
    swarm.pause(serviceId, reason.isEmpty() ? "by " + who : reason);
    return JsonText.of(Map.of("done", true));
  }

  @Override
  public String resume(String serviceId, Who who) {
    swarm.resume(serviceId);
    return JsonText.of(Map.of("done", true));
  }
}
