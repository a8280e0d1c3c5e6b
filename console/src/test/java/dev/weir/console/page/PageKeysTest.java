package dev.weir.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// Everything without a mouse, and the filter.
class PageKeysTest extends OnPlayedPage {
  private Browser browser;

  @BeforeEach
  void open() {
    browser = Browser.shared().open(page.url());
    browser.until(() -> browser.count(".tile") == 11);
  }

  @Test
  void slashFiltersAndEscapeClears() {
    browser.type("/");
    assertThat(browser.focus()).contains("#filter");
    browser.type("api state:running").untilText("#map-count", "4 of 10 tasks");
    assertThat(browser.texts(".service .name")).containsExactly("shop_api");
    assertThat(browser.count(".tile:not(.off)")).isEqualTo(4);
    assertThat(browser.count(".node:not([hidden])")).isEqualTo(3);
    browser.untilText("#say", "4 tasks match");
    browser.press(Keys.ESCAPE);
    assertThat(browser.count(".tile.off")).isZero();
    assertThat(browser.attribute("#filter", "value")).isEqualTo("null");
  }

  @Test
  void filterKnowsFields() {
    browser.type("/").type("node:n2");
    assertThat(browser.count(".tile:not(.off)")).isEqualTo(3);
    browser.type(Keys.chord(Keys.CONTROL, "a"), "oom");
    assertThat(browser.count(".tile:not(.off)")).isOne();
    assertThat(browser.text("#ended-list")).contains("OOM");
    browser.type(Keys.chord(Keys.CONTROL, "a"), "nothing-like-it");
    assertThat(browser.text("#services-empty")).isEqualTo("No service matches.");
    assertThat(browser.text("#events-empty")).isEqualTo("No event matches.");
  }

  @Test
  void arrowsMoveAmongTilesAndEnterOpens() {
    browser.type("m");
    assertThat(at()).isEqualTo("api1");
    browser.press(Keys.ARROW_RIGHT);
    assertThat(at()).isEqualTo("api4");
    browser.press(Keys.ARROW_DOWN);
    assertThat(at()).isEqualTo("web1");
    browser.press(Keys.ARROW_UP).press(Keys.ARROW_LEFT).press(Keys.END);
    assertThat(at()).isEqualTo("api6");
    browser.press(Keys.HOME).press(Keys.ENTER).untilText("#drawer-title", "shop_api.1");
    assertThat(browser.focus()).contains("#drawer");
    browser.press(Keys.ESCAPE).until(() -> browser.exists("#drawer[hidden]"));
    assertThat(at()).isEqualTo("api1");
    assertThat(browser.count(".tile[tabindex='0']")).isOne();
  }

  private String at() {
    return String.valueOf(browser.js("return document.activeElement.dataset.id"));
  }

  @Test
  void lettersGoToRegions() {
    browser.type("s");
    assertThat(browser.focus()).startsWith("button#.name");
    browser.press(Keys.ENTER).untilText("#drawer-title", "shop_api");
    browser.press(Keys.ESCAPE).type("e");
    assertThat(browser.focus()).contains("#events");
    browser.until(() -> browser.exists("#time:enabled")).type("t");
    assertThat(browser.focus()).contains("#time");
    browser.type("v");
    assertThat(browser.count("#map.rows")).isOne();
    browser.type("c");
    assertThat(browser.count(".node.folded")).isEqualTo(4);
    browser.type("c");
    assertThat(browser.count(".node.folded")).isZero();
  }

  @Test
  void questionMarkListsTheKeys() {
    browser.type("?").until(() -> browser.exists("#help[open]"));
    assertThat(browser.text("#help"))
        .contains("Filter.", "Map: then arrow keys", "failed; stays for five minutes");
    browser.press(Keys.ESCAPE).until(() -> !browser.exists("#help[open]"));
  }

  @Test
  void tabVisitsEveryRegionWithAVisibleFocus() {
    var seen = new java.util.LinkedHashSet<String>();
    for (int i = 0; i < 60; i++) {
      browser.press(Keys.TAB);
      seen.add(
          String.valueOf(
              browser.js(
                  "return document.activeElement.closest('section, header, footer')?.id ??"
                      + " document.activeElement.className")));
      assertThat(
              browser.js(
                  "const s = getComputedStyle(document.activeElement); return"
                      + " document.activeElement === document.body || s.boxShadow !== 'none' ||"
                      + " s.outlineStyle !== 'none'"))
          .as("focus is seen on %s", browser.focus())
          .isEqualTo(true);
    }
    assertThat(seen).contains("skip", "strip", "services", "map", "ended", "events", "scrubber");
  }

  @Test
  void foldedNodeHidesItsTiles() {
    browser.click(".node[data-id=n1] .fold");
    assertThat(browser.find(".tile[data-id=web1]").isDisplayed()).isFalse();
    assertThat(browser.attribute(".node[data-id=n1] .fold", "aria-expanded")).isEqualTo("false");
  }
}
