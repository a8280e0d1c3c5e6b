import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Replicas of bench/abuse in one process: HTTP servers that misbehave on request.
///
/// Run as `java BadReplicas DELAY-MILLIS PORT...`. Says `ready`, and then takes commands line by
/// line and says `ok` after each: `kill N`, `open N`, `fault N NAME` (N counts from 0). It ends
/// with its parent.
final class BadReplicas {
  private BadReplicas() {}

  public static void main(String[] args) throws Exception {
    var loop = new Loop("replicas");
    List<BadReplica> replicas = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      int port = Integer.parseInt(args[i]);
      var replica = new BadReplica(loop, port, Integer.parseInt(args[0]), ReplicaLine::new);
      replica.open();
      replicas.add(replica);
    }
    serve(loop, replicas);
    System.exit(0);
  }

  /// Carries out commands, line by line, until its parent is gone.
  static void serve(Loop loop, List<BadReplica> replicas) throws IOException, InterruptedException {
    System.out.println("ready");
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String command = in.readLine(); command != null; command = in.readLine()) {
      String[] words = command.split(" ");
      var done = new CountDownLatch(1);
      loop.execute(() -> {
        try {
          obey(words, replicas.get(Integer.parseInt(words[1])));
        } catch (IOException e) {
          System.out.println("failed: " + e);
        } finally {
          done.countDown();
        }
      });
      done.await();
      System.out.println("ok");
    }
  }

  private static void obey(String[] words, BadReplica replica) throws IOException {
    switch (words[0]) {
      case "kill" -> replica.kill();
      case "open" -> replica.open();
      case "fault" -> replica.fault(Fault.named(words[2]));
      default -> throw new IllegalArgumentException(words[0]);
    }
  }
}
