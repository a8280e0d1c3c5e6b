import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The replicas of bench/soak in one process.
///
/// Run as `java SoakReplicas SEED JOURNAL PORT...`; takes the commands of `BadReplicas`.
final class SoakReplicas {
  private static final int FLUSH_MILLIS = 500;

  private SoakReplicas() {}

  public static void main(String[] args) throws Exception {
    var loop = new Loop("replicas");
    var random = new SplittableRandom(Long.parseLong(args[0]));
    var journal = new Journal(Path.of(args[1]));
    List<BadReplica> replicas = new ArrayList<>();
    for (int i = 2; i < args.length; i++) {
      var replica =
          new BadReplica(
              loop, Integer.parseInt(args[i]), 1, at -> new SoakLine(at, journal, random.split()));
      replica.open();
      replicas.add(replica);
    }
    loop.execute(() -> flush(loop, journal));
    BadReplicas.serve(loop, replicas);
    journal.flush();
    System.exit(0);
  }

  private static void flush(Loop loop, Journal journal) {
    journal.flush();
    loop.after(FLUSH_MILLIS, () -> flush(loop, journal));
  }
}
