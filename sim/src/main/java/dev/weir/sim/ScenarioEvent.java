package dev.weir.sim;

import dev.weir.base.Checks;
import java.util.ArrayList;
import java.util.List;

/// Something that happens in the middle of a run. Servers are counted from 0; those that join
/// follow in the order in which they do.
public sealed interface ScenarioEvent {
  /// When it happens.
  double atSeconds();

  /// A server's own speed changes.
  ///
  /// @param atSeconds when
  /// @param server which
  /// @param speed its new speed; 0 is a crash: what it has fails, and what comes fails at once
  record Speed(double atSeconds, int server, double speed) implements ScenarioEvent {
    public Speed {
      Checks.notNegative(atSeconds, "speed.at");
      Checks.atLeast(0, server, "speed.server");
      Checks.notNegative(speed, "speed.speed");
    }
  }

  /// All servers work at a multiple of their own speed, those that join later as well.
  ///
  /// @param atSeconds when
  /// @param factor the multiple; 1 is as before
  record SpeedOfAll(double atSeconds, double factor) implements ScenarioEvent {
    public SpeedOfAll {
      Checks.notNegative(atSeconds, "speed-of-all.at");
      Checks.positive(factor, "speed-of-all.factor");
    }
  }

  /// Requests arrive at a multiple of the scenario's rate.
  ///
  /// @param atSeconds when
  /// @param factor the multiple; 1 is as before
  record Rate(double atSeconds, double factor) implements ScenarioEvent {
    public Rate {
      Checks.notNegative(atSeconds, "rate.at");
      Checks.positive(factor, "rate.factor");
    }
  }

  /// A server joins, unknown to the balancer before.
  ///
  /// @param atSeconds when
  /// @param server what it can do
  record Join(double atSeconds, ServerSpec server) implements ScenarioEvent {
    public Join {
      Checks.notNegative(atSeconds, "join.at");
    }
  }

  /// A server gets no new requests, and finishes what it has.
  ///
  /// @param atSeconds when
  /// @param server which
  record Leave(double atSeconds, int server) implements ScenarioEvent {
    public Leave {
      Checks.notNegative(atSeconds, "leave.at");
      Checks.atLeast(0, server, "leave.server");
    }
  }

  /// A server begins to respond to every new request at once with an error, or stops doing so.
  ///
  /// @param atSeconds when
  /// @param server which
  /// @param begins whether it begins
  record Errors(double atSeconds, int server, boolean begins) implements ScenarioEvent {
    public Errors {
      Checks.notNegative(atSeconds, "errors.at");
      Checks.atLeast(0, server, "errors.server");
    }
  }

  /// A start-first rolling update: a new server joins, half a step later an old one leaves, and so
  /// on until all are new.
  static List<ScenarioEvent> rollingUpdate(
      double startSeconds, double stepSeconds, List<ServerSpec> servers) {
    var steps = new ArrayList<ScenarioEvent>();
    for (int i = 0; i < servers.size(); i++) {
      double at = startSeconds + i * stepSeconds;
      steps.add(new Join(at, servers.get(i)));
      steps.add(new Leave(at + stepSeconds / 2, i));
    }
    return List.copyOf(steps);
  }
}
