package dev.weir.console.page;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Serves a page with a played swarm to all tests of a class.
abstract class OnPlayedPage {
  static PlayedPage page;

  @BeforeAll
  static void serve() {
    Browser.shared();
    page = PlayedPage.of(PageSwarm.loaded());
  }

  @AfterAll
  static void close() {
    if (page != null) {
      page.close();
    }
  }
}
