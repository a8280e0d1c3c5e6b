import dev.weir.run.ContainerSample;
import dev.weir.run.RunInfo;
import dev.weir.store.folder.RunFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;

/// Writes a run folder with a sample of each of many containers every second, to measure how long its
/// charts take.
///
/// Run as `java -cp cli/target/run/weir/weir.jar HourRun.java FOLDER CONTAINERS SECONDS smooth|noise`. The
/// noise is the worst case: CPU and memory jump anywhere between nothing and all of it at every sample.
final class HourRun {
  private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
  private static final long SEED = 20_261_126;

  private HourRun() {}

  public static void main(String[] args) {
    int containers = Integer.parseInt(args[1]);
    int seconds = Integer.parseInt(args[2]);
    boolean noise = args[3].equals("noise");
    var random = new SplittableRandom(SEED);
    String title = containers + " containers, " + seconds + " s, " + args[3];
    Path folder = Path.of(args[0]);
    var info =
        new RunInfo(String.valueOf(folder.getFileName()), title, START, "bench/charts", SEED, Map.of());
    try (var writer = RunFolder.create(folder, info)) {
      var usedNanos = new double[containers];
      for (int second = 0; second < seconds; second++) {
        for (int i = 0; i < containers; i++) {
          double share = noise ? random.nextDouble() : smooth(second, i, random);
          usedNanos[i] += share * 1e9;
          long memory = (long) (share * 500e6);
          writer.sample(
              new ContainerSample(
                  "web." + (i + 1) + ".t" + Integer.toString(i * 7919 + 46_656, 36),
                  "n" + (i % 3 + 1),
                  START.plusSeconds(second),
                  (long) usedNanos[i],
                  (long) (usedNanos[i] * .9),
                  (long) (usedNanos[i] * .1),
                  memory,
                  memory / 2));
        }
      }
    }
  }

  /// A daily curve in small, with a little jitter.
  private static double smooth(int second, int container, SplittableRandom random) {
    double wave = .5 + .3 * Math.sin(second / 300.0 + container);
    return Math.max(0, wave + (random.nextDouble() - .5) * .1);
  }
}
