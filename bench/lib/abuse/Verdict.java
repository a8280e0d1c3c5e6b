import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whether Weir held in a case.
///
/// @param faults the checks that failed, a line each
/// @param slowOnly whether all of that is slowness, and nothing was lost, kept or ended
/// @param doubt why the machine, and not the balancer, may be to blame; empty if it is not
record Verdict(List<String> faults, boolean slowOnly, String doubt) {
  private static final double MILLIS_MOST = 100;

  /// Where HAProxy fails to serve: slots that slow clients hold are taken back after 200 to 450 ms.
  private static final double ALONE_MILLIS_MOST = 500;

  private static final double FLOOR_MILLIS_MOST = 50;
  private static final double FLOOR_TIMES = 3;
  private static final double RECOVERY_SECONDS = 5;
  private static final double GROWTH = 1.1;
  private static final double RSS_SLACK_MIB = 16;
  private static final double HEAP_SLACK_MIB = 4;
  private static final int DESCRIPTORS_SLACK = 12;
  private static final double HEALTH_SECONDS = 3;

  /// The balancer's own watchdog ends it 8 s after its grace.
  private static final double STOP_SECONDS = BalancerProcess.GRACE_SECONDS + 8.5;

  /// @param peer what the case did to HAProxy; null if it was not asked
  static Verdict of(AbuseCase each, Outcome weir, Outcome peer) {
    List<String> faults = new ArrayList<>();
    List<String> slow = new ArrayList<>();
    during(weir.during().lates() ? slow : faults, each, weir, peer);
    if (weir.exit() >= 0) {
      faults.add("the process ended with exit code " + weir.exit());
    } else if (!each.ends) {
      after(weir.after().lates() ? slow : faults, weir);
      kept(faults, weir);
    }
    stopped(faults, each, weir);
    health(slow, weir);
    boolean slowOnly = faults.isEmpty();
    faults.addAll(slow);
    return new Verdict(faults, slowOnly, doubt(weir));
  }

  private static void health(List<String> faults, Outcome weir) {
    if (weir.health().falseOkSeconds() >= HEALTH_SECONDS) {
      faults.add(
          text(
              "/health said ok for %.0f s in which clients got no response",
              weir.health().falseOkSeconds()));
    }
    if (weir.health().falseAlarmSeconds() >= HEALTH_SECONDS) {
      faults.add(
          text(
              "/health said not ok for %.0f s in which clients were served",
              weir.health().falseAlarmSeconds()));
    }
  }

  private static void during(List<String> faults, AbuseCase each, Outcome weir, Outcome peer) {
    if (each.ends) {
      if (weir.lostBeforeStop() > 0 && !each.faulty) {
        faults.add(weir.lostBeforeStop() + " requests that came before the signal were lost");
      }
      return;
    }
    boolean peerServes = peer == null || peer.during().good();
    if (each.served || (peer != null && peerServes)) {
      double most = Math.max(mostMillis(peerServes), FLOOR_TIMES * weir.floor().p99());
      Window got = weir.during();
      if (!got.lossless() || !(got.p99() <= most)) {
        faults.add("during: p99 " + got + (peer == null ? "" : "; haproxy: " + peer.during()));
      }
    }
  }

  private static double mostMillis(boolean peerServes) {
    return peerServes ? MILLIS_MOST : ALONE_MILLIS_MOST;
  }

  private static void after(List<String> faults, Outcome weir) {
    if (weir.recoverySeconds() > RECOVERY_SECONDS) {
      faults.add("7 s after: p99 " + weir.after());
    }
  }

  private static void kept(List<String> faults, Outcome weir) {
    if (weir.end().rssMib() > weir.start().rssMib() * GROWTH + RSS_SLACK_MIB) {
      faults.add(
          text("memory stays: RSS %.0f -> %.0f MiB", weir.start().rssMib(), weir.end().rssMib()));
    }
    boolean known = weir.start().heapMib() > 0;
    if (known && weir.end().heapMib() > weir.start().heapMib() * GROWTH + HEAP_SLACK_MIB) {
      faults.add(
          text(
              "memory stays: heap %.1f -> %.1f MiB alive",
              weir.start().heapMib(), weir.end().heapMib()));
    }
    if (weir.end().descriptors() > weir.start().descriptors() * GROWTH + DESCRIPTORS_SLACK) {
      faults.add(
          "descriptors stay: " + weir.start().descriptors() + " -> " + weir.end().descriptors());
    }
  }

  private static void stopped(List<String> faults, AbuseCase each, Outcome weir) {
    if (weir.exit() >= 0) {
      return;
    }
    if (weir.stopExit() < 0) {
      faults.add(text("SIGTERM did not end it in %.0f s", weir.stopSeconds()));
    } else if (weir.stopSeconds() > STOP_SECONDS) {
      faults.add(text("the stop took %.1f s with 3 s of grace", weir.stopSeconds()));
    } else if (weir.stopExit() != 0) {
      faults.add("the stop ended with exit code " + weir.stopExit());
    }
  }

  private static String doubt(Outcome weir) {
    if (!weir.before().good()) {
      return "before: p99 " + weir.before();
    }
    return weir.floor().p99() > FLOOR_MILLIS_MOST || weir.floor().failed() > 0
        ? "without a balancer between: p99 " + weir.floor()
        : "";
  }

  private static String text(String format, Object... args) {
    return String.format(Locale.ROOT, format, args);
  }

  /// Whether another try may say something else.
  boolean open() {
    return !held() && slowOnly && !doubt.isEmpty();
  }

  boolean held() {
    return faults.isEmpty();
  }
}
