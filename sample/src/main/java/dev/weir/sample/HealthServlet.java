package dev.weir.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.function.Supplier;

/// `/health`: `ok`, or 503 with the reason.
final class HealthServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Supplier<Health> health;

  HealthServlet(Supplier<Health> health) {
    this.health = health;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (health.get()) {
      case OK -> TextResponse.text(response, 200, "ok");
      case STOPPING -> TextResponse.text(response, 503, "stopping");
      case UNHEALTHY -> TextResponse.text(response, 503, "unhealthy since POST /unhealthy");
    }
  }
}
