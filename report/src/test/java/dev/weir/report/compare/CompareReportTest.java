package dev.weir.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.report.HeadlessBrowser;
import dev.weir.stats.Comparison;
import dev.weir.stats.Measure;
import dev.weir.stats.Trial;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page and the chart of a comparison.
final class CompareReportTest {
  private static final List<String> VARIANTS = List.of("weir", "round-robin", "<b>odd</b>");

  @TempDir private Path folder;

  @Test
  void pageHoldsEverythingAndLoadsNothing() throws IOException {
    List<Path> files = CompareReport.write(folder, story());
    assertThat(files).hasSize(3).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    String page = Files.readString(files.getLast());
    assertThat(page)
        .contains("round-robin", "weir again", "noise floor", "worse", "weir compare --seed 1")
        .contains("&lt;b&gt;odd&lt;/b&gt;", "<svg", "default-src 'none'", "All 20 runs")
        .contains("a machine that is busy", "left out")
        .doesNotContain("<b>odd</b>", "<script", "src=\"http", "NaN");
  }

  @Test
  void aLongSubtitleIsBrokenWhereItMayBe() {
    String long1 = "service compare_app (3 replicas), GET http://198.18.0.11:80/primecheck";
    String wrapped =
        CompareChart.wrapped(
            long1
                + ", poisson(lambda=38.75) (80 % of what they can do); 5 rounds of 20s each, seed 1");
    assertThat(wrapped.lines())
        .containsExactly(
            long1 + ",",
            "poisson(lambda=38.75) (80 % of what they can do);",
            "5 rounds of 20s each, seed 1");
    assertThat(CompareChart.wrapped("one, two")).isEqualTo("one, two");
  }

  /// The chart's own colours: the band, the means and the prediction are really drawn.
  @Test
  void chartShowsBandMeansAndPrediction() throws IOException {
    BufferedImage image = ImageIO.read(CompareReport.write(folder, story()).getFirst().toFile());
    int means = 0;
    int predicted = 0;
    int band = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int colour = image.getRGB(x, y) & 0xffffff;
        means += colour == 0x0b63b5 ? 1 : 0;
        predicted += colour == 0xcc3311 ? 1 : 0;
        int red = colour >> 16 & 0xff;
        band += (colour & 0xff) > red + 20 && red > 0xa0 ? 1 : 0;
      }
    }
    assertThat(means).as("blue").isGreaterThan(500);
    assertThat(predicted).as("red").isGreaterThan(100);
    assertThat(band).as("light blue").isGreaterThan(5000);
  }

  @Test
  void oneRoundWithoutPredictionStillDraws() throws IOException {
    List<Trial> trials = List.of(trial(1, "a", 100, true), trial(1, "b", 50, true));
    Comparison comparison = Comparison.of(trials, List.of("a", "b"), Optional.empty(), Measure.P99);
    var story =
        new CompareStory(
            "t", "s", comparison, trials, Map.of(), "none", Map.of(), List.of(), "weir compare");
    assertThat(Files.readString(CompareReport.write(folder, story).getLast()))
        .contains("too few rounds", "<svg");
  }

  @Test
  void aBrowserShowsTheTableAndTheChart() throws IOException, InterruptedException {
    HeadlessBrowser.assumePresent();
    Path page = CompareReport.write(folder, story()).getLast();
    // A page without a script cannot report on itself; a probe that only this test adds does.
    String probed =
        Files.readString(page)
            .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
            .replace(
                "</body>",
                """
                <script>
                const box = document.querySelector('.chartbox svg').getBoundingClientRect();
                const all = [...document.querySelectorAll('.chartbox svg text')];
                const out = all.filter(t => { const r = t.getBoundingClientRect();
                  return r.left < box.left - 1 || r.right > box.right + 1; });
                document.documentElement.dataset.probe = (box.width > 600 && box.height > 200) + ' '
                  + (all.length > 10) + ' ' + out.length + ' '
                  + (document.documentElement.scrollWidth <= innerWidth);
                </script></body>\
                """);
    Files.writeString(page, probed);
    assertThat(HeadlessBrowser.elements(page, folder)).contains("data-probe=\"true true 0 true\"");
  }

  private static CompareStory story() {
    var random = new SplittableRandom(1);
    var trials = new ArrayList<Trial>();
    for (int round = 1; round <= 5; round++) {
      trials.add(trial(round, "weir", 200 * noise(random), true));
      trials.add(trial(round, "weir again", 200 * noise(random), true));
      trials.add(trial(round, "round-robin", 620 * noise(random), true));
      trials.add(trial(round, "<b>odd</b>", 260 * noise(random), round != 3));
    }
    return new CompareStory(
        "Policies compared",
        "3 replicas, poisson(lambda=64), 5 rounds of 20 s",
        Comparison.of(trials, VARIANTS, Optional.of("weir again"), Measure.P99),
        trials,
        Map.of("weir", 1.0, "round-robin", 2.9, "<b>odd</b>", 1.4),
        "Simulated 150 times.",
        Map.of("machine", "2 cores"),
        List.of("a machine that is busy"),
        "weir compare --seed 1");
  }

  private static double noise(SplittableRandom random) {
    return Math.exp(random.nextGaussian() * .1);
  }

  private static Trial trial(int round, String variant, double p99, boolean counts) {
    Map<Measure, Double> millis =
        Map.of(
            Measure.P50, p99 / 4, Measure.P95, p99 / 1.5, Measure.P99, p99, Measure.MEAN, p99 / 3);
    return new Trial(
        round, variant, counts, millis, 1280, 0, counts ? "VALID" : "VOID", round + "-" + variant);
  }
}
