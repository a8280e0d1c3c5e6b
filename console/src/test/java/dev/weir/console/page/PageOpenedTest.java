package dev.weir.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// A service or a task, opened: charts, slots, the slider, logs, and changes after a confirmation.
class PageOpenedTest extends OnPlayedPage {
  private Browser browser;

  @BeforeEach
  void open() {
    page.publish(PageSwarm.loaded());
    page.actions.changes.clear();
    page.actions.refusal = "";
    browser = Browser.shared();
  }

  private void openService(String id) {
    browser
        .open(page.url() + "#service/" + id)
        .until(() -> browser.exists("#drawer:not([hidden])"));
  }

  @Test
  void serviceShowsChartsSlotsTasksAndDecisions() {
    browser.open(page.url()).click(".service[data-id=api] .name");
    browser.until(() -> browser.count("#drawer .uplot canvas") == 4);
    assertThat(browser.url()).endsWith("#service/api");
    assertThat(browser.text("#drawer-title")).isEqualTo("shop_api");
    browser.until(() -> inked(0) && inked(2));
    assertThat(browser.text("#drawer .charts")).contains("arrivals /s", "p99", "promise", "wanted");
    assertThat(browser.count("#drawer .queue i")).isEqualTo(14);
    assertThat(browser.count("#drawer .slots:first-child i")).isEqualTo(5);
    assertThat(browser.count("#drawer .slots:first-child i.busy")).isEqualTo(2);
    assertThat(browser.text("#drawer tbody")).contains("shop_api.1", "n1", "2 of 5", "300 MiB");
    assertThat(browser.text("#drawer")).contains("4 → 6 set", "backlog: 14 requests wait");
    assertThat(browser.attribute(".service[data-id=api]", "aria-current")).isEqualTo("true");
    assertThat(browser.complaints()).isEmpty();
  }

  /// Whether a chart drew anything.
  private boolean inked(int chart) {
    return Boolean.TRUE.equals(
        browser.js(
            """
            const c = document.querySelectorAll('#drawer .uplot canvas')[arguments[0]];
            return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0);
            """,
            chart));
  }

  @Test
  void sliderShowsWhatIsPredicted() {
    openService("api");
    browser.untilText("#curve-verdict", "4 replicas, as now: p99<150ms is not kept.");
    browser.js("document.getElementById('curve-k').focus()");
    browser.press(Keys.ARROW_RIGHT).press(Keys.ARROW_RIGHT);
    assertThat(browser.text("#curve-p99")).isEqualTo("131 ms");
    assertThat(browser.text("#curve-use")).isEqualTo("63 %");
    assertThat(browser.text("#curve-verdict"))
        .isEqualTo("6 replicas, 2 more than now: p99<150ms is kept.");
    browser.press(Keys.HOME);
    assertThat(browser.text("#curve-p99")).isEqualTo("grows without bound");
    browser.click("#curve-use").untilText("#why", "3.75 busy slots");
  }

  @Test
  void serviceWithoutBalancerSaysWhyThereIsNoCurve() {
    openService("db");
    browser.untilText("#drawer", "no balancer serves this service");
    assertThat(browser.exists(".curve-body[hidden]")).isTrue();
  }

  @Test
  void failedTaskShowsItsErrorAndLastLines() {
    browser.open(page.url()).click("#ended-list .line");
    browser.untilText(".logs", "listening on 8080");
    assertThat(browser.text("#drawer")).contains("shop_api.3", "OOM killed", "137");
    assertThat(browser.text(".log.err")).contains("killed");
    page.actions.line = "listening on 9090";
    browser.click("#logs-again").untilText(".logs", "listening on 9090");
    page.actions.line = "listening on 8080";
    browser.click("#drawer .actions button").untilText("#drawer-title", "shop_api");
  }

  @Test
  void scaleNamesWhatWillHappenAndAsksFirst() {
    openService("web");
    browser.until(() -> browser.count("#drawer .actions button") == 3);
    browser.click("#drawer .actions button:nth-child(1)");
    browser.type(Keys.chord(Keys.CONTROL, "a"), "5");
    assertThat(browser.text("#ask-happens"))
        .contains("starts 2 tasks", "the least for ten minutes");
    assertThat(browser.text("#ask-confirm")).isEqualTo("Scale to 5");
    assertThat(page.actions.changes).isEmpty();
    browser.click("#ask-confirm").until(() -> page.actions.changes.contains("scale web 5"));
    browser.until(() -> !browser.exists("dialog[open]"));
  }

  @Test
  void refusedChangeIsSaidInPlace() {
    page.actions.refusal = "shop_web: an update is under way";
    openService("web");
    browser.until(() -> browser.count("#drawer .actions button") == 3);
    browser
        .click("#drawer .actions button:nth-child(2)")
        .untilText("#ask", "replaces all 3 tasks of shop_web");
    browser.click("#ask-confirm").untilText("#ask [role=alert]", "an update is under way");
    browser.press(Keys.ESCAPE).until(() -> !browser.exists("dialog[open]"));
    assertThat(page.actions.changes).isEmpty();
  }

  @Test
  void autoscalerIsPausedAndResumed() {
    openService("web");
    browser.until(() -> browser.count("#drawer .actions button") == 3);
    browser.click("#drawer .actions button:nth-child(3)").click("#ask-reason").type("load test");
    browser.click("#ask-confirm").until(() -> page.actions.changes.contains("pause web load test"));
    page.publish(PageSwarm.loaded().set("service/web", "paused", "load test (ana)"));
    browser.untilText("#drawer .actions", "Resume autoscaler…");
    assertThat(browser.text(".service[data-id=web]")).contains("autoscaler paused");
    browser.click("#drawer .actions button:nth-child(3)").click("#ask-confirm");
    browser.until(() -> page.actions.changes.contains("resume web"));
  }

  @Test
  void withoutWritesThereAreNoButtons() {
    try (var reading = PlayedPage.of(PageSwarm.loaded(), settings -> settings)) {
      browser.open(reading.url() + "#service/web").untilText("#drawer-title", "shop_web");
      browser.until(() -> browser.count("#drawer .uplot canvas") == 4);
      assertThat(browser.count("#drawer .actions")).isZero();
    }
  }
}
