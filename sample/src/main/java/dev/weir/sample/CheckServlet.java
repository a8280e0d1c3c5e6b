package dev.weir.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/// `/primecheck`: does the work and responds with its duration, `Time: 12 ms`.
///
/// Headers give details: `X-Cpu-Micros` the CPU it cost, `X-Prime` whether `n` is prime.
final class CheckServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Worker worker;
  private final transient Ledger ledger;

  CheckServlet(Worker worker, Ledger ledger) {
    this.worker = worker;
    this.ledger = ledger;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long startNanos = System.nanoTime();
    long startCpuNanos = ThreadCpu.nanos();
    String typed = request.getParameter("n");
    long number = typed == null ? 0 : number(typed);
    if (typed != null && number < 2) {
      TextResponse.text(response, 400, "n: a whole number expected, from 2 to " + Long.MAX_VALUE);
      return;
    }
    ledger.begin(request.getHeader("X-Request-Id"), request.getMethod());
    try {
      if (typed == null) {
        worker.work();
      } else {
        response.setHeader("X-Prime", Boolean.toString(worker.isPrime(number)));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      TextResponse.text(response, 503, "stopped before it was done");
      return;
    }
    long micros = (ThreadCpu.nanos() - startCpuNanos) / 1000;
    response.setHeader("X-Cpu-Micros", Long.toString(micros));
    long millis = Math.round((System.nanoTime() - startNanos) / 1e6);
    TextResponse.text(response, 200, "Time: %d ms".formatted(millis));
  }

  /// The same work: POST serves to test that a proxy does not send it twice.
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    doGet(request, response);
  }

  private static long number(String typed) {
    try {
      return Long.parseLong(typed);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
