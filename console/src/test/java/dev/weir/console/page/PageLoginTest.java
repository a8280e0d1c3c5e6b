package dev.weir.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The login, and the plain table for browsers without scripts.
class PageLoginTest {
  private Browser browser;

  @TempDir private Path folder;

  @BeforeEach
  void start() {
    browser = Browser.shared();
  }

  @Test
  void onlyTheTokenOpensThePage() throws IOException {
    Path file = folder.resolve("token");
    try (var page = PlayedPage.of(PageSwarm.loaded(), settings -> settings.withTokenFile(file))) {
      String token = tokenOf(file);
      browser.visit(page.url()).until(() -> browser.exists("#token"));
      assertThat(browser.focus()).contains("#token");
      browser.type("wrong").click("#login button");
      browser.untilText("#problem", "This is not the token.");
      browser.type(token).click("#login button");
      browser.until(() -> browser.exists("body[data-ready]"));
      assertThat(browser.url()).isEqualTo(page.url());
      assertThat(
              String.valueOf(
                  browser.js("return document.documentElement.outerHTML + document.cookie")))
          .doesNotContain(token);

      browser.click("#help-open").click("#help .plain").until(() -> browser.exists("#token"));
      browser.visit(page.url()).until(() -> browser.exists("#token"));
    }
  }

  /// The last word of the file, which may name its tokens.
  private static String tokenOf(Path file) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<String> lines = Files.lines(file)) {
      String line =
          lines.filter(one -> !one.isBlank() && !one.startsWith("#")).findFirst().orElseThrow();
      return line.substring(line.lastIndexOf(' ') + 1);
    }
  }

  @Test
  void withoutScriptsThereIsATable() {
    try (var page = PlayedPage.of(PageSwarm.loaded())) {
      browser.scripts(false).visit(page.url());
      assertThat(browser.find("noscript a").isDisplayed()).isTrue();
      browser.click("noscript a");
      assertThat(browser.find("body").getText())
          .contains("shop_web", "shop_api", "n3", "OOM killed");
    } finally {
      browser.scripts(true);
    }
  }
}
