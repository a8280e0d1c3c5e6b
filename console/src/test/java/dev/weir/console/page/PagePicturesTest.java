package dev.weir.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Photographs the page in its states into `target/pictures`, for people to look at, and checks
/// that nothing is wider than the window. By itself it visits those that differ most;
/// `-Dconsole.pictures=true` visits all.
class PagePicturesTest {
  private static final Path FOLDER = Path.of("target", "pictures");
  private static final Map<String, Integer> WIDTHS = Map.of("narrow", 375, "tablet", 900);

  @Test
  void everyStateFitsTheWindow() throws IOException {
    Browser browser = Browser.shared();
    Files.createDirectories(FOLDER);
    try (var page = PlayedPage.of(PageSwarm.loaded())) {
      for (String state : states()) {
        page.publish(swarm(state));
        browser.size(WIDTHS.getOrDefault(state, 1440), 900).dark(state.equals("dark"));
        browser.open(page.url() + fragment(state)).until(() -> browser.exists(".node"));
        browser.until(() -> isComplete(browser, state));
        browser.photograph(FOLDER.resolve(state + ".png"));
        assertThat(browser.number("document.documentElement.scrollWidth - innerWidth"))
            .as("wider than the window: %s", state)
            .isLessThanOrEqualTo(0);
        assertThat(browser.complaints()).as(state).isEmpty();
      }
    }
  }

  /// What is asked for beside the stream has come.
  private static boolean isComplete(Browser browser, String state) {
    return switch (state) {
      case "empty" -> browser.exists(".node");
      case "service" ->
          browser.count("#drawer .uplot canvas") == 4 && browser.exists(".curve circle");
      case "task" -> browser.exists(".log");
      default -> browser.exists(".spark path:last-child[d^=M]");
    };
  }

  private static List<String> states() {
    return Boolean.getBoolean("console.pictures")
        ? List.of(
            "empty", "one", "load", "roll", "dead", "away", "big", "narrow", "tablet", "dark",
            "service", "task")
        : List.of("empty", "big", "narrow", "service");
  }

  private static String fragment(String state) {
    return switch (state) {
      case "service" -> "#service/api";
      case "task" -> "#task/apix";
      default -> "";
    };
  }

  private static PageSwarm swarm(String state) {
    return switch (state) {
      case "empty" -> PageSwarm.empty(1);
      case "one" -> PageSwarm.of(1, 2, 2);
      case "big" -> PageSwarm.of(100, 40, 50);
      case "roll" ->
          PageSwarm.loaded()
              .set("service/web", "update", Map.of("state", "updating", "message", "1 of 3"))
              .set("task/web1", "desired", "shutdown")
              .set("task/web2", "state", "starting")
              .set("service/web", "paused", "load test until 14:00 (ana)");
      case "dead" ->
          PageSwarm.loaded()
              .set("node/n3", "state", "down")
              .set("node/n3", "problem", "heartbeat failure");
      case "away" ->
          PageSwarm.loaded()
              .set("cluster", "knownAt", System.currentTimeMillis() - 90_000)
              .set("cluster", "failure", "10.0.0.1:2376 does not respond: timed out after 5 s");
      default -> PageSwarm.loaded();
    };
  }
}
