package dev.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.base.Visible;
import dev.weir.report.output.Format;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/// Charts as files.
final class ChartsTest {
  private static final int GREY_PANEL = 0xEBEBEB;

  @TempDir private Path folder;

  @Test
  void writesOneFilePerContainerAndOneOfAll() throws IOException {
    List<Path> files =
        Charts.write(
            folder.resolve("graphics"), SyntheticRun.usual("weir"), Metric.CPU, Format.SVG);
    assertThat(files)
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactly(
            "demo-weir_cpu_primecheck.1.svg",
            "demo-weir_cpu_primecheck.2.svg",
            "demo-weir_cpu_primecheck.3.svg",
            "demo-weir_cpu_all.svg");
    assertThat(Files.readString(files.getFirst()))
        .contains("Total Usage of primecheck.1", "demo-weir", "CPU (cores)");
  }

  @Test
  void namesStayInsideTheFolder() throws IOException {
    RunRecord usual = SyntheticRun.usual("weir");
    var samples = new LinkedHashMap<>(usual.samples());
    samples.put("../../etc/passwd", usual.samples().values().iterator().next());
    samples.put("all", usual.samples().values().iterator().next());
    var info = new RunInfo("a/b", "t", SyntheticRun.START, "c", 1, Map.of());
    var run = new RunRecord(info, List.of(), samples, List.of(), Optional.empty());
    List<Path> files = Charts.write(folder, run, Metric.MEMORY, Format.SVG);
    assertThat(files).allSatisfy(file -> assertThat(file.getParent()).isEqualTo(folder));
    assertThat(files)
        .extracting(file -> String.valueOf(file.getFileName()))
        .contains("a-b_memory_etc-passwd.svg", "a-b_memory_all.svg", "a-b_memory_all-2.svg");
  }

  /// Names are foreign text: with any name, a drawing is XML without scripts.
  @Test
  void aDrawingIsXmlWhateverTheNames() throws Exception {
    RunRecord usual = SyntheticRun.usual("weir");
    String nasty =
        "a\u001b[2J\u0000\u009b\u202e\ud800\uffff\" onload=\"x\" '<script>&amp;]]>{{\u0007";
    var samples = Map.of(nasty, usual.samples().values().iterator().next());
    var info = new RunInfo(nasty, nasty, SyntheticRun.START, nasty, 1, Map.of());
    var run = new RunRecord(info, List.of(), samples, List.of(), Optional.empty());
    for (Path file : Charts.write(folder, run, Metric.CPU, Format.SVG)) {
      String svg = Files.readString(file);
      assertThat(svg.chars().filter(c -> Visible.isControl((char) c))).isEmpty();
      var elements = parsed(svg).getElementsByTagName("*");
      assertThat(elements.getLength()).isPositive();
      for (int i = 0; i < elements.getLength(); i++) {
        assertThat(elements.item(i).getNodeName()).isNotEqualTo("script");
        var attributes = elements.item(i).getAttributes();
        for (int a = 0; a < attributes.getLength(); a++) {
          assertThat(attributes.item(a).getNodeName()).doesNotStartWith("on");
        }
      }
    }
    assertThat(Charts.write(folder, run, Metric.CPU, Format.PNG)).hasSize(2);
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  @Test
  void aRunWithoutSamplesHasNoCharts() throws IOException {
    RunRecord usual = SyntheticRun.usual("weir");
    var run = new RunRecord(usual.info(), List.of(), Map.of(), List.of(), Optional.empty());
    assertThat(Charts.write(folder, run, Metric.CPU, Format.PNG)).isEmpty();
  }

  /// In a process of its own without any font in fontconfig, as in a slim image.
  @Test
  void drawsTextWhereThereAreNoFonts() throws IOException, InterruptedException {
    Path config = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig></fontconfig>");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FontlessChart.class.getName(),
                folder.toString()));
    Path log = folder.resolve("log");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("FONTCONFIG_FILE", config.toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue())
        .describedAs(Files.readString(log, StandardCharsets.UTF_8))
        .isZero();
    BufferedImage image = ImageIO.read(folder.resolve("demo-weir_cpu_primecheck.1.png").toFile());
    assertThat(image.getWidth()).isEqualTo(1350);
    assertThat(image.getRGB(900, 500) & 0xFFFFFF).isEqualTo(GREY_PANEL);
    // The title's line: letters, not boxes and not blank.
    assertThat(inked(image, 180, 20, 600, 50)).isBetween(500, 8_000);
  }

  private static int inked(BufferedImage image, int x, int y, int width, int height) {
    int inked = 0;
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        inked += (image.getRGB(column, row) & 0xFF) < 0x80 ? 1 : 0;
      }
    }
    return inked;
  }
}
