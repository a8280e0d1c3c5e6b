package dev.weir.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the regions of the page show, and that an update changes what it must and moves nothing.
class PageRegionsTest extends OnPlayedPage {
  private Browser browser;

  @BeforeEach
  void open() {
    page.publish(PageSwarm.loaded());
    browser = Browser.shared().open(page.url());
    browser.until(() -> browser.count(".tile") == 11);
  }

  @Test
  void stripSumsUp() {
    assertThat(browser.text("#figure-promises")).isEqualTo("1 of 2");
    assertThat(browser.text("#figure-arrivals")).isEqualTo("150");
    assertThat(browser.text("#figure-queued")).isEqualTo("14");
    assertThat(browser.text("#figure-replicas")).isEqualTo("8");
    assertThat(browser.text("#figures")).contains("of 10", "of 3 · 1 manager");
    assertThat(browser.text("#figure-knowledge")).endsWith(" s");
    assertThat(browser.text("#link")).isEqualTo("connected");
  }

  @Test
  void stripSaysWhatIsMissingAndWhatFails() {
    var swarm =
        PageSwarm.loaded()
            .set("cluster", "missing", java.util.List.of("arrivals: no balancer", "CPU: no agent"))
            .set("cluster", "failure", "10.0.0.1 does not respond")
            .set("cluster", "arrivals", null);
    page.publish(swarm);
    browser.untilText("#notes", "arrivals: no balancer · CPU: no agent");
    assertThat(browser.text("#notes")).contains("No manager responds", "10.0.0.1 does not respond");
    assertThat(browser.text("#figures")).contains("Arrivals, λ\n–\nnot known");
    assertThat(browser.text("#say").isEmpty() || browser.exists("body.stale")).isTrue();
  }

  @Test
  void servicesSayWhetherTheyKeepTheirPromise() {
    assertThat(browser.texts(".service .name")).containsExactly("shop_api", "shop_db", "shop_web");
    assertThat(browser.text(".service[data-id=api]"))
        .contains("112 /s", "94 % busy", "231 ms of 150 ms", "14", "4 run · 2..20")
        .contains("p99<150ms not kept", "with 4 p99 is 231 ms");
    assertThat(browser.count(".service[data-id=api] .bullet.over")).isOne();
    assertThat(browser.count(".service[data-id=web] .bullet.over")).isZero();
    assertThat(browser.count(".service[data-id=api] .dots i")).isEqualTo(14);
    browser.until(() ->
        browser.attribute(".service[data-id=web] .spark path:last-child", "d").length() > 100);
    assertThat(browser.text(".service[data-id=db]")).contains("–").doesNotContain("NaN", "null");
  }

  @Test
  void chipsShowPartOfTheServices() {
    browser.click("[data-chip=broken]");
    assertThat(browser.texts(".service .name")).containsExactly("shop_api");
    browser.click("[data-chip=all]");
    assertThat(browser.count(".service")).isEqualTo(3);
  }

  @Test
  void nodesShowTheirTasksInOneOrder() {
    assertThat(browser.texts(".node h3")).containsExactly("n1", "n2", "n3", "No node yet");
    assertThat(browser.text(".node[data-id=n1]"))
        .contains("leader", "1.25 of 4 cores", "3 of 8 GiB");
    assertThat(tiles("n1")).isEqualTo("api1 api4 db1 web1");
    assertThat(tiles("n3")).isEqualTo("api3 web3 apix");
    assertThat(browser.attribute(".tile[data-id=apix]", "data-look")).isEqualTo("fail");
    assertThat(browser.attribute(".tile[data-id=api5]", "data-look")).isEqualTo("start");
    assertThat(browser.attribute(".tile[data-id=web1]", "aria-label"))
        .isEqualTo("shop_web.1, running, 2 of 5 in flight, on n1");
    assertThat(browser.attribute(".tile[data-id=apix]", "aria-label"))
        .contains("failed", "OOM killed");
  }

  private @Nullable Object tiles(String node) {
    return browser.js(
        "return [...document.querySelectorAll(`.node[data-id=${arguments[0]}] .tile`)]"
            + ".map(tile => tile.dataset.id).join(' ')",
        node);
  }

  @Test
  void updateChangesOnlyWhatChanged() {
    browser.js(
        """
        window.changed = new Set();
        new MutationObserver(list => list.forEach(one => {
          const tile = (one.target.closest ? one.target : one.target.parentElement).closest('.tile');
          if (tile) changed.add(tile.dataset.id);
        })).observe(document.getElementById('nodes'),
          {subtree: true, childList: true, attributes: true, characterData: true});
        """);
    page.publish(PageSwarm.loaded().set("task/web2", "inFlight", 5));
    browser.untilText(".tile[data-id=web2]", "5/5");
    assertThat(browser.js("return [...changed].join()")).isEqualTo("web2");
  }

  @Test
  void deadNodeAndLostTasksAreMarked() {
    page.publish(
        PageSwarm.loaded()
            .set("node/n3", "state", "down")
            .set("node/n3", "problem", "heartbeat failure"));
    browser.untilText(".node[data-id=n3] .problem", "heartbeat failure");
    assertThat(browser.attribute(".node[data-id=n3]", "data-state")).isEqualTo("down");
    assertThat(browser.attribute(".tile[data-id=web3]", "data-look")).isEqualTo("lost");
    page.publish(PageSwarm.loaded().set("node/n2", "availability", "drain"));
    browser.untilText(".node[data-id=n2] .badge", "drains");
  }

  @Test
  void endedTasksStayWithTheirError() {
    assertThat(browser.text("#ended-list")).contains("shop_api.3", "failed on n3", "OOM killed");
    page.publish(PageSwarm.loaded().remove("task/apix"));
    browser.untilText("#ended", "No task ended.");
  }

  @Test
  void eventsAndDecisionsAreOneList() {
    assertThat(browser.text("#events-list"))
        .contains(
            "shop_api.3 on n3 failed: exit 137",
            "shop_api 4 → 6 set",
            "backlog: 14 requests wait",
            "by weir on n1");
    browser.click("#events-chips button:nth-child(2)");
    assertThat(browser.count("#events-list li")).isOne();
    browser.click("#events-chips button:nth-child(3)");
    assertThat(browser.text("#events-list")).contains("exit 137").doesNotContain("runs on n1");
  }

  @Test
  void figuresSayWhy() {
    browser.click(".service[data-id=api] .rate .small");
    browser.untilText("#why", "ρ = λ · S ÷ m");
    assertThat(browser.text("#why .numbers")).contains("112 /s · 60 ms ÷ ").endsWith(" %");
    browser.press(org.openqa.selenium.Keys.ESCAPE).until(() -> !browser.find("#why").isDisplayed());
    browser.click("#figure-nodes").untilText("#why", "⌊1 ÷ 2⌋ + 1");
  }

  @Test
  void emptySwarmSaysSo() {
    page.publish(PageSwarm.empty(1));
    browser.untilText("#services-empty", "no services yet");
    assertThat(browser.text(".node")).contains("No tasks.");
    assertThat(browser.text("#figures")).contains("none promised");
  }

  @Test
  void manyNodesBecomeATable() {
    assertThat(browser.count("#map.rows")).isZero();
    page.publish(PageSwarm.of(61, 2, 61));
    browser.until(() -> browser.count(".node") == 61);
    assertThat(browser.count("#map.rows")).isOne();
    browser.click("#map-form");
    assertThat(browser.count("#map.rows")).isZero();
  }
}
