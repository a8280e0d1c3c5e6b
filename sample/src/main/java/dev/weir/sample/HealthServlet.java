package dev.weir.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.function.BooleanSupplier;

/// `/health`: `ok`, or 503 once the server is stopping.
final class HealthServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;

  private final transient BooleanSupplier stopping;

  HealthServlet(BooleanSupplier stopping) {
    this.stopping = stopping;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (stopping.getAsBoolean()) {
      Answers.text(response, 503, "stopping");
    } else {
      Answers.text(response, 200, "ok");
    }
  }
}
