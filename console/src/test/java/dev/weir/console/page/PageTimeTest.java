package dev.weir.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The past on the scrubber, and what happens when the console goes away and comes back.
class PageTimeTest {
  @Test
  void scrubberShowsThePastAndComesBack() {
    Browser browser = Browser.shared();
    try (var page = PlayedPage.of(PageSwarm.loaded().later(-600_000))) {
      page.publish(PageSwarm.loaded().set("task/web2", "inFlight", 5).remove("task/api5"));
      browser.open(page.url()).until(() -> browser.count(".tile") == 10);
      browser.until(() -> browser.number("Number(time.max) - Number(time.min)") > 500_000);
      browser.type("t").press(Keys.HOME).untilText("#notes", "The past");
      browser.until(() -> browser.count(".tile") == 11);
      assertThat(browser.text(".tile[data-id=web2]")).contains("2/5");
      assertThat(browser.text("#time-text")).endsWith("10 min ago");
      assertThat(browser.attribute("#live", "aria-pressed")).isEqualTo("false");

      page.publish(PageSwarm.loaded().set("task/web2", "inFlight", 1));
      browser.type("l").until(() -> browser.count("#notes .past") == 0);
      browser.untilText(".tile[data-id=web2]", "1/5");
      assertThat(browser.text("#time-text")).endsWith("now");
    }
  }

  @Test
  void openedServiceOffersNoChangesInThePast() {
    Browser browser = Browser.shared();
    try (var page = PlayedPage.of(PageSwarm.loaded().later(-600_000))) {
      page.publish(PageSwarm.loaded());
      browser.open(page.url() + "#service/web").until(() -> browser.count("#drawer .actions") == 1);
      browser.until(() -> browser.number("Number(time.max) - Number(time.min)") > 500_000);
      browser.type("t").press(Keys.HOME).until(() -> browser.count("#drawer .actions") == 0);
      browser.click("#notes button").until(() -> browser.count("#drawer .actions") == 1);
    }
  }

  @Test
  void lostConnectionIsSaidAndMended() {
    Browser browser = Browser.shared();
    try (var page = PlayedPage.of(PageSwarm.loaded())) {
      browser.open(page.url());
      page.restart(() -> {
        browser.untilText("#link-text", "not connected, since");
        assertThat(browser.text("#notes")).contains("Not connected", "tries again by itself");
        assertThat(browser.count(".tile")).as("the last picture stays").isEqualTo(11);
        page.publish(PageSwarm.loaded().remove("task/web1"));
      });
      browser.untilText("#link-text", "connected").until(() -> browser.count(".tile") == 10);
      browser.until(() -> browser.count("#notes .bad") == 0);
    }
  }

  @Test
  void knowledgeAgesByItself() {
    Browser browser = Browser.shared();
    try (var page = PlayedPage.of(PageSwarm.loaded())) {
      long known = System.currentTimeMillis() - 20_000;
      page.publish(PageSwarm.loaded().set("cluster", "knownAt", known));
      browser.open(page.url()).untilText("#figure-knowledge", " s");
      double first = age(browser);
      browser.until(() -> age(browser) >= first + 2);
    }
  }

  private static double age(Browser browser) {
    return Double.parseDouble(browser.text("#figure-knowledge").split(" ", -1)[0]);
  }
}
