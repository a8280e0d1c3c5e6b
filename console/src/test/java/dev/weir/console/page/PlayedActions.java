package dev.weir.console.page;

import dev.weir.console.action.ActionException;
import dev.weir.console.action.ConsoleActions;
import dev.weir.console.action.Who;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Answers what the page asks for, and notes what it asked to change.
final class PlayedActions implements ConsoleActions {
  private static final int STEPS = 720;

  /// What was asked to change, as `scale api 7`.
  final List<String> changes = new CopyOnWriteArrayList<>();

  volatile String refusal = "";
  volatile String line = "listening on 8080";

  @Override
  public String series(String serviceId) {
    double rate = serviceId.equals("api") ? 112 : 38;
    long now = System.currentTimeMillis() / 5_000 * 5_000;
    return "{\"t\":[%s],%s}"
        .formatted(
            column(i -> now - (STEPS - i) * 5_000.0),
            String.join(
                ",",
                named("arrivals", i -> rate * (1 + .3 * Math.sin(i / 60.0))),
                named("queued", i -> Math.max(0, 9 * Math.sin(i / 40.0))),
                named("inFlight", i -> 4 + 2 * Math.sin(i / 60.0)),
                named("p50", _ -> .05),
                named("p99", i -> .18 + .08 * Math.sin(i / 50.0)),
                named("running", i -> i < 300 ? 3 : 4),
                named("wanted", i -> i < 280 ? 3 : 4)));
  }

  private static String named(String name, IntToDoubleFunction value) {
    return "\"%s\":[%s]".formatted(name, column(value));
  }

  private static String column(IntToDoubleFunction value) {
    return IntStream.range(0, STEPS)
        .mapToObj(i -> Double.toString(value.applyAsDouble(i)))
        .collect(Collectors.joining(","));
  }

  @Override
  public String curve(String serviceId) throws ActionException {
    if (serviceId.equals("db")) {
      throw new ActionException(409, "no balancer serves this service");
    }
    return """
    {"now":4,"promise":"p99<150ms","k":[1,2,3,4,5,6,7,8],\
    "predicted":[null,null,null,0.232,0.161,0.131,0.119,0.112],\
    "utilisation":[3.76,1.88,1.25,0.94,0.75,0.63,0.54,0.47],\
    "formula":{"lambda":112,"workSeconds":0.0335,"workScv":1,"arrivalScv":1.2},\
    "why":"112/s of 33.5 ms of work are 3.75 busy slots"}\
    """;
  }

  @Override
  public String logs(String taskId, int lines) {
    return """
    {"lines":[{"at":1700000000000,"stream":"stdout","text":"%s"},\
    {"at":1700000000500,"stream":"stderr","text":"killed"}],"truncated":false,"error":null}\
    """
        .formatted(line.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public String scale(String serviceId, int replicas, Who who) throws ActionException {
    return changed("scale %s %d".formatted(serviceId, replicas));
  }

  @Override
  public String roll(String serviceId, Who who) throws ActionException {
    return changed("roll " + serviceId);
  }

  @Override
  public String pause(String serviceId, String reason, Who who) throws ActionException {
    return changed("pause %s %s".formatted(serviceId, reason));
  }

  @Override
  public String resume(String serviceId, Who who) throws ActionException {
    return changed("resume " + serviceId);
  }

  private String changed(String what) throws ActionException {
    if (!refusal.isEmpty()) {
      throw new ActionException(409, refusal);
    }
    changes.add(what);
    return "{\"ok\":true}";
  }
}
