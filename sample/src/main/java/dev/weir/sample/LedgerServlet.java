package dev.weir.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/// `/ledger`, a test hook: the requests that this instance began.
final class LedgerServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Ledger ledger;

  LedgerServlet(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    TextResponse.text(response, 200, ledger.text());
  }
}
