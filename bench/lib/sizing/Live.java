import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Holds the p99 that a balancer predicts against the one that `weir load` measures, on real sockets.
final class Live {
  private static final double SHARE = .9;

  private Live() {}

  /// @param arguments the cells' names with commas, seconds for each, the seed, a folder, the command
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 0) {
      System.out.println(String.join(",", LiveCell.ALL.stream().map(LiveCell::name).toList()));
      return;
    }
    List<String> names = List.of(arguments[0].split(","));
    int seconds = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    var results = new ArrayList<LiveResult>();
    System.out.printf("%-26s%9s%11s%11s%8s%7s  %s%n",
        "cell", "requests", "predicted", "measured", "ratio", "busy", "work and gaps");
    for (LiveCell cell : LiveCell.ALL) {
      if (names.contains(cell.name())) {
        Path folder = Path.of(arguments[3], cell.name());
        LiveResult result = new LiveTrial(cell, arguments[4], seconds, seed, folder).run();
        results.add(result);
        System.out.println(row(result));
      }
    }
    int code = verdict(results);
    for (LiveResult result : results) {
      double chance = LiveChance.of(result.cell(), seconds, seed);
      System.out.printf(Locale.ROOT,
          "by chance alone within %.1f %%: %s%n", 100 * chance, result.cell().name());
    }
    System.exit(code);
  }

  private static String row(LiveResult result) {
    String note =
        result.isVoid()
            ? "  VOID: left out"
            : result.errors() > 0 ? "  %d errors".formatted(result.errors()) : "";
    return String.format(
        Locale.ROOT,
        "%-26s%,9d%8.1f ms%8.1f ms%8.2f%5.0f %%  %.1f ms cs² %.2f, ca² %.2f%s",
        result.cell().name(),
        result.sent(),
        1e3 * result.reading().predictedSeconds(),
        1e3 * result.measuredSeconds(),
        result.ratio(),
        100 * result.reading().busy(),
        result.reading().workMillis(),
        result.reading().workScv(),
        result.reading().gapScv(),
        note);
  }

  /// The exit code: 1 if too few predictions are near.
  private static int verdict(List<LiveResult> results) {
    List<LiveResult> valid = results.stream().filter(result -> !result.isVoid()).toList();
    long near = valid.stream().filter(LiveResult::isNear).count();
    System.out.printf(
        Locale.ROOT,
        "%d of %d predictions within .85 to 1.15 (%.0f %%; aim %.0f %%)%s%n",
        near,
        valid.size(),
        valid.isEmpty() ? 0 : 100.0 * near / valid.size(),
        100 * SHARE,
        valid.size() < results.size() ? "; the machine was too busy for the others" : "");
    return !valid.isEmpty() && near >= SHARE * valid.size() ? 0 : 1;
  }
}
