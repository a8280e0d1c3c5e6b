import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// The replicas of a case of bench/tails: HTTP servers on loopback that let requests wait, at
/// hardly any CPU time.
///
/// Two tempers. With `slots=N` each replica serves N requests at a time in order of arrival, as an
/// app with N workers that wait for a database. With `cores=N` it serves all of them at once, each at
/// the rate min(1, N / requests), as an app under a CPU quota. Both are computed
/// in virtual time by one thread, so that two processors are never short of time.
///
/// The k-th request that reaches any replica of the case gets the k-th work of one seeded sequence.
/// With the same arrivals every balancer therefore meets the same work in the same order.
///
/// Run as `java Origin.java control=PORT replicas=PORT[*SPEED],... slots=N|inf (or cores=N)
/// law=exponential|fixed|hyperexponential mean=MILLIS [scv=4] [seed=0] [late=PORT]`. The control port takes
/// `/reset?SEED`, `/factor?NUMBER` (every service time becomes so many times as long), `/open` (the
/// replica of `late` starts to listen) and `/stats`.
final class Origin {
  /// Runs everything that touches a replica's state; sleeps in between.
  private final ScheduledExecutorService clock;

  private final List<Replica> replicas = new ArrayList<>();
  private final Work work;
  private final int latePort;

  private Origin(Map<String, String> settings) throws IOException {
    var executor = new ScheduledThreadPoolExecutor(1);
    executor.setRemoveOnCancelPolicy(true);
    clock = executor;
    double scv = Double.parseDouble(settings.getOrDefault("scv", "4"));
    work = new Work(required(settings, "law"), Double.parseDouble(required(settings, "mean")), scv);
    work.reset(Long.parseLong(settings.getOrDefault("seed", "0")));
    latePort = Integer.parseInt(settings.getOrDefault("late", "0"));
    var door = new Door();
    for (String replica : required(settings, "replicas").split(",")) {
      String[] portAndSpeed = replica.split("\\*");
      double speed = portAndSpeed.length > 1 ? Double.parseDouble(portAndSpeed[1]) : 1;
      int port = Integer.parseInt(portAndSpeed[0]);
      replicas.add(new Replica(port, speed, discipline(settings), work, clock, door));
    }
    openAll();
  }

  public static void main(String[] args) throws IOException {
    var settings = new HashMap<String, String>();
    for (String arg : args) {
      String[] nameAndValue = arg.split("=", 2);
      settings.put(nameAndValue[0], nameAndValue.length > 1 ? nameAndValue[1] : "");
    }
    new Origin(settings).control(Integer.parseInt(required(settings, "control")));
    System.out.println("ready");
  }

  private static String required(Map<String, String> settings, String name) {
    String value = settings.get(name);
    if (value == null) {
      throw new IllegalArgumentException("%s: absent (expected: %s=...)".formatted(name, name));
    }
    return value;
  }

  private static Discipline discipline(Map<String, String> settings) {
    String cores = settings.get("cores");
    if (cores != null) {
      return new Discipline.Shared(Double.parseDouble(cores));
    }
    String slots = required(settings, "slots");
    return new Discipline.Slots(slots.equals("inf") ? Integer.MAX_VALUE : Integer.parseInt(slots));
  }

  private void openAll() throws IOException {
    for (Replica replica : replicas) {
      if (replica.port() == latePort) {
        replica.close();
      } else {
        replica.open();
      }
    }
  }

  private void control(int port) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String query = exchange.getRequestURI().getQuery();
          byte[] body = respond(path, query).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private String respond(String path, String query) throws IOException {
    try {
      return clock.submit(() -> command(path, query)).get();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private String command(String path, String query) throws IOException {
    switch (path) {
      case "/reset" -> {
        work.reset(Long.parseLong(query));
        for (Replica replica : replicas) {
          replica.reset();
        }
        openAll();
      }
      case "/factor" -> replicas.forEach(replica -> replica.factor(Double.parseDouble(query)));
      case "/open" -> {
        for (Replica replica : replicas) {
          replica.open();
        }
      }
      case "/stats" -> {
        return String.join("", replicas.stream().map(Replica::stats).toList());
      }
      default -> throw new IllegalArgumentException(path);
    }
    return "ok\n";
  }
}
