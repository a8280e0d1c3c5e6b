package dev.weir.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// What comes from the swarm is text, whatever it says.
class PageSafetyTest {
  private static final String MARKUP =
      "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>"
          + "<svg onload=window.pwned=1>{{7*7}}javascript:window.pwned=1";

  @Test
  void markupInAnyNameIsShownAndNotRun() {
    Browser browser = Browser.shared();
    try (var page = PlayedPage.of(PageSwarm.loaded().named(MARKUP))) {
      page.actions.line = MARKUP;
      browser.open(page.url()).until(() -> browser.count(".tile") == 11);
      assertThat(browser.text(".service .name")).startsWith("<img src=x");
      assertThat(browser.text("#ended-list")).contains("<script>window.pwned=1</script>");
      assertThat(browser.text("#events-list")).contains(MARKUP);
      assertThat(browser.text("#notes")).contains(MARKUP);
      assertThat(browser.text(".node .problem")).contains(MARKUP);
      untouched(browser);

      browser.click("#figure-promises").untilText("#why", "<img src=x").press(Keys.ESCAPE);
      browser.click(".service .name").until(() -> browser.count("#drawer .uplot canvas") == 4);
      assertThat(browser.text("#drawer-title")).isEqualTo(MARKUP);
      browser.click("#drawer .actions button:nth-child(2)").untilText("#ask-title", MARKUP);
      browser.press(Keys.ESCAPE).click("#drawer tbody .name").untilText(".logs", MARKUP);
      assertThat(browser.text(".task-error")).isEmpty();
      untouched(browser);
    }
  }

  private static void untouched(Browser browser) {
    assertThat(browser.js("return window.pwned")).isNull();
    assertThat(
            browser.count(
                "img:not([src='icons/weir.svg']), script:not([src]), svg[onload], iframe"))
        .isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void markupInTheAddressIsNothing() {
    Browser browser = Browser.shared();
    try (var page = PlayedPage.of(PageSwarm.loaded())) {
      browser.open(page.url() + "#service/%3Cimg%20src=x%20onerror=window.pwned=1%3E");
      browser.untilText("#drawer-title", "Unknown service");
      assertThat(browser.js("return window.pwned")).isNull();
      browser.open(page.url() + "#task/%E0%A4%A").untilText("#drawer-title", "Unknown task");
    }
  }

  @Test
  void policyIsNeverBroken() {
    Browser browser = Browser.shared();
    try (var page = PlayedPage.of(PageSwarm.loaded())) {
      browser
          .open(page.url() + "#service/api")
          .until(() -> browser.count("#drawer .uplot canvas") == 4);
      browser.type("?").until(() -> browser.exists("#help[open]"));
      assertThat(browser.complaints()).isEmpty();
      browser.js(
          "const s = document.createElement('script'); s.textContent = 'window.pwned=1';"
              + " document.head.append(s)");
      browser.until(() -> !browser.complaints().isEmpty());
      assertThat(browser.js("return window.pwned")).as("the policy bites").isNull();
    }
  }
}
