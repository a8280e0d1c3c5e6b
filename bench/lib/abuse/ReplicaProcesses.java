import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The replicas of a case, and one more that no balancer knows: the time of its requests is the
/// machine's own.
final class ReplicaProcesses implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration REPLY = Duration.ofSeconds(5);

  final List<Integer> ports = new ArrayList<>();
  final int floorPort = Setup.freePort();
  private final List<Child> children = new ArrayList<>();
  private final boolean apart;

  ReplicaProcesses(AbuseCase each, Path folder) throws IOException, InterruptedException {
    apart = each.apart;
    for (int i = 0; i < each.replicas; i++) {
      ports.add(Setup.freePort());
    }
    String delay = String.valueOf(each.delayMillis);
    List<String> together = new ArrayList<>(List.of(delay));
    ports.forEach(port -> together.add(String.valueOf(port)));
    if (apart) {
      ports.forEach(port -> start(folder, List.of(delay, String.valueOf(port))));
      start(folder, List.of(delay, String.valueOf(floorPort)));
    } else {
      together.add(String.valueOf(floorPort));
      start(folder, together);
    }
    for (Child child : children) {
      child.await("ready", START);
    }
  }

  private void start(Path folder, List<String> args) {
    try {
      children.add(
          Child.speaking(
              "replicas", folder.resolve("replicas.log"), Setup.java("512m", "BadReplicas", args)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Has a replica do something.
  void command(int number, String command) throws IOException, InterruptedException {
    String[] words = command.split(" ", 2);
    String more = words.length > 1 ? " " + words[1] : "";
    Child child = children.get(apart ? number : 0);
    child.report(words[0] + " " + (apart ? 0 : number) + more);
    child.await("ok", REPLY);
  }

  void signal(int number, String signal) throws IOException, InterruptedException {
    children.get(number).signal(signal);
  }

  /// @throws IOException if one has ended or fails in a loop of its own: then what was measured says
  ///     nothing about the balancer
  void check() throws IOException {
    for (Child child : children) {
      child.check();
    }
  }

  @Override
  public void close() {
    children.forEach(Child::close);
  }
}
