package dev.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser: every chart draws, nothing fails, nothing is fetched.
final class BrowserTest {
  @TempDir private Path folder;

  @Test
  void twoRunsDrawEveryChart() throws IOException, InterruptedException {
    String page = opened(List.of(SyntheticRun.usual("round-robin"), SyntheticRun.usual("weir")));
    assertDrawn(page, 13);
    assertThat(page).doesNotContain("<p class=\"empty\">");
  }

  @Test
  void aRunThatWasScaledHasOneMorePanel() throws IOException, InterruptedException {
    String page =
        opened(List.of(ScaledRun.of(SyntheticRun.usual("weir")), SyntheticRun.usual("fixed")));
    assertDrawn(page, 14);
    assertThat(page)
        .contains("The number of replicas was not recorded.", "<b>1 → 3</b> scaled: λ=20±2/s")
        .contains("No decision changed the number of replicas.")
        .doesNotContain("1 wanted, 1 running");
  }

  /// What a reader does, then what became of it: every time panel zoomed, every latency on a log
  /// axis.
  @Test
  void panelsZoomTogetherAndTakeALogScale() throws IOException, InterruptedException {
    String script =
        """
        <script>
        document.querySelector('.log').click();
        const charts = [...document.querySelectorAll('.chart')].map(e => echarts.getInstanceByDom(e));
        charts[2].dispatchAction({ type: 'dataZoom', start: 25, end: 75 });
        charts[0].getDom().dispatchEvent(new MouseEvent('mouseenter'));
        charts[0].dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: 20 });
        setTimeout(() => {
          const options = charts.map(chart => chart.getOption());
          const root = document.documentElement.dataset;
          root.zoomed = options.filter(o => o.dataZoom[0] && o.dataZoom[0].start === 25).length;
          root.log = options.filter(o => o.yAxis[0].type === 'log').length;
          root.tips = [...document.querySelectorAll('.chart > div:not([style*="display: none"])')]
            .filter(e => e.textContent.includes('sent')).length;
        }, 1000);
        </script></body>\
        """;
    String page =
        opened(
            List.of(SyntheticRun.usual("round-robin"), SyntheticRun.usual("weir")),
            html -> html.replace("</body>\n</html>", script));
    assertThat(page)
        .contains("data-errors=\"0\"", "data-zoomed=\"12\"", "data-log=\"3\"", "data-tips=\"1\"");
  }

  @Test
  void aRunThatWasCutOffDraws() throws IOException, InterruptedException {
    assertDrawn(opened(List.of(SyntheticRun.cutOff(SyntheticRun.usual("weir")))), 7);
  }

  @Test
  void emptyPanelsSayWhy() throws IOException, InterruptedException {
    RunRecord usual = SyntheticRun.usual("weir");
    var bare = new RunRecord(usual.info(), List.of(), Map.of(), List.of(), Optional.empty());
    String page = opened(List.of(bare));
    assertThat(page)
        .contains("data-errors=\"0\"", "data-charts=\"0\"")
        .contains("No requests were recorded.", "No samples were recorded.")
        .contains("No events were recorded.", "so there is no latency to show.");
  }

  private static void assertDrawn(String page, int charts) {
    String html = page.substring(page.indexOf("<html"), page.indexOf('>', page.indexOf("<html")));
    assertThat(html)
        .contains("data-errors=\"0\"", "data-requests=\"0\"")
        .contains("data-charts=\"%d\"".formatted(charts), "data-drawn=\"%d\"".formatted(charts));
    assertThat(page.split("<canvas", -1)).hasSizeGreaterThan(charts);
  }

  private String opened(List<RunRecord> runs) throws IOException, InterruptedException {
    return opened(runs, html -> html);
  }

  /// The page's elements after its script has run.
  private String opened(List<RunRecord> runs, UnaryOperator<String> change)
      throws IOException, InterruptedException {
    HeadlessBrowser.assumePresent();
    Path page = folder.resolve("page.html");
    Report.write(page, runs, "Browser test");
    Files.writeString(page, change.apply(Files.readString(page)));
    return HeadlessBrowser.elements(page, folder);
  }
}
