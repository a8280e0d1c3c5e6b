package dev.weir.proxy.exchange;

import dev.weir.base.PathPrefix;
import dev.weir.proxy.admission.ColdStart;
import dev.weir.proxy.admission.WaitingPage;
import dev.weir.proxy.config.ZeroSpec;
import dev.weir.proxy.http.Bytes;
import dev.weir.proxy.http.LocalResponse;
import dev.weir.proxy.http.Method;
import dev.weir.proxy.http.RequestHead;
import dev.weir.proxy.metric.WorkerCounters;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What meets requests of a service that may have no replica, before they reach its balancer: it
/// sorts them, wakes the service, and responds to those that do not wait.
final class ColdGate {
  private static final byte[] USER_AGENT = Bytes.of("user-agent");
  private static final byte[] ACCEPT = Bytes.of("accept");
  private static final int FAILED_RETRY_SECONDS = 5;
  private static final LocalResponse NO_WAKE =
      new LocalResponse(503, "no replica runs, and this request starts none", 30);

  private final ColdStart coldStart;
  private final boolean waitingPage;
  private final List<String> agents;
  private final List<PathPrefix> paths;
  private final LocalResponse page;
  private final WorkerCounters<ColdCount> counters;

  ColdGate(String service, ZeroSpec zero, ColdStart coldStart, WorkerCounters<ColdCount> counters) {
    this.coldStart = coldStart;
    this.counters = counters;
    waitingPage = zero.waitingPage();
    agents = zero.noWakeAgents();
    paths = zero.noWakePaths().stream().map(PathPrefix::new).toList();
    page =
        new LocalResponse(
            503, "the service starts", WaitingPage.RELOAD_SECONDS, WaitingPage.of(service));
  }

  /// What a request means to the service.
  static ColdRequest sort(@Nullable ColdGate gate, RequestHead head) {
    return gate == null ? ColdRequest.ORDINARY : gate.sort(head);
  }

  private ColdRequest sort(RequestHead head) {
    if (isNoWake(head)) {
      return ColdRequest.NO_WAKE;
    }
    boolean takesPage =
        waitingPage && head.method() == Method.GET && acceptsHtml(head.values(ACCEPT));
    return takesPage ? ColdRequest.BROWSER : ColdRequest.ORDINARY;
  }

  private boolean isNoWake(RequestHead head) {
    if (!paths.isEmpty()) {
      String path = head.path();
      if (paths.stream().anyMatch(prefix -> prefix.covers(path))) {
        return true;
      }
    }
    if (agents.isEmpty()) {
      return false;
    }
    String agent = head.values(USER_AGENT).toLowerCase(Locale.ROOT);
    return agents.stream().anyMatch(agent::contains);
  }

  /// Whether an Accept field names text/html itself, with a quality above 0. Clients that take
  /// anything are no browsers.
  static boolean acceptsHtml(String accept) {
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      if (parts[0].strip().equals("text/html")) {
        return !isUnwanted(parts);
      }
    }
    return false;
  }

  private static boolean isUnwanted(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].strip().matches("q\\s*=\\s*0(\\.0*)?")) {
        return true;
      }
    }
    return false;
  }

  /// A request comes while there is no replica. Returns the response to one that does not wait;
  /// null for one that does.
  @Nullable LocalResponse receive(ColdRequest request) {
    if (!request.wakes()) {
      counters.add(ColdCount.NO_WAKE, 1);
      return NO_WAKE;
    }
    coldStart.wake();
    if (request.takesPage() && coldStart.reason().isEmpty()) {
      counters.add(ColdCount.PAGES, 1);
      return page;
    }
    return null;
  }

  /// The response to a request whose replica cannot be started.
  LocalResponse failed() {
    String reason = coldStart.reason();
    String text = reason.isEmpty() ? "no replica could be started" : reason;
    return new LocalResponse(503, "the service does not start: " + text, FAILED_RETRY_SECONDS);
  }
}
