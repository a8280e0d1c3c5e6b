package dev.weir.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.concurrent.atomic.AtomicBoolean;

/// `/unhealthy`, a test hook: POST makes the app unhealthy, DELETE makes it healthy again.
final class UnhealthyServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;

  private final transient AtomicBoolean unhealthy;

  UnhealthyServlet(AtomicBoolean unhealthy) {
    this.unhealthy = unhealthy;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    unhealthy.set(true);
    TextResponse.text(response, 200, "unhealthy from now on");
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    unhealthy.set(false);
    TextResponse.text(response, 200, "healthy again");
  }
}
