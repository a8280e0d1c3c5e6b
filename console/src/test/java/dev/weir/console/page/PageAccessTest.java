package dev.weir.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Accessibility, as axe-core sees it: nothing serious in any state, light and dark.
class PageAccessTest {
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document).then(r => done(r.passes.length < 20 ? `only ${r.passes.length} checks` : r.violations
        .filter(v => ['serious', 'critical'].includes(v.impact))
        .map(v => `${v.id}: ${v.nodes.slice(0, 4).map(n => n.target + ' ' + n.failureSummary).join(' | ')}`)
        .join('\\n')), e => done(String(e)));
      """;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingSerious(boolean dark) throws IOException {
    Browser browser = Browser.shared().dark(dark);
    var swarm =
        PageSwarm.loaded().set("node/n3", "state", "down").set("service/web", "paused", "a test");
    try (var page = PlayedPage.of(swarm)) {
      browser.open(page.url()).until(() -> browser.count(".tile") == 11);
      browser.js(axe());
      assertThat(browser.later(RUN)).as("the page").isEqualTo("");
      browser.type("/").type("api").until(() -> browser.count(".tile.off") > 0);
      assertThat(browser.later(RUN)).as("filtered").isEqualTo("");
      browser
          .click(".service[data-id=api] .name")
          .until(() -> browser.count("#drawer .uplot canvas") == 4);
      browser.untilText("#curve-verdict", "as now");
      assertThat(browser.later(RUN)).as("a service").isEqualTo("");
      browser.click("#drawer .actions button:nth-child(1)");
      assertThat(browser.later(RUN)).as("a change").isEqualTo("");
      browser.click("#ask .plain").click("#drawer tr.fail .name").untilText(".logs", "listening");
      assertThat(browser.later(RUN)).as("a task").isEqualTo("");
      browser.click("#drawer .close").click("#help-open");
      assertThat(browser.later(RUN)).as("help").isEqualTo("");
    }
  }

  @Test
  void nothingSeriousOnANarrowScreenNorAtTheLogin() throws IOException {
    Browser browser = Browser.shared().size(375, 812);
    try (var page = PlayedPage.of(PageSwarm.of(61, 12, 20))) {
      browser.open(page.url()).until(() -> browser.count(".node") == 61);
      browser.js(axe());
      assertThat(browser.later(RUN)).as("a table of nodes").isEqualTo("");
      browser.visit(page.url() + "login.html").until(() -> browser.exists("#token"));
      browser.js(axe());
      assertThat(browser.later(RUN)).as("the login").isEqualTo("");
    }
  }

  private static String axe() throws IOException {
    try (InputStream script = PageAccessTest.class.getResourceAsStream("/axe.min.js")) {
      assertThat(script).isNotNull();
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
