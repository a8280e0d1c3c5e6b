package dev.weir.sim;

import dev.weir.base.Checks;
import java.util.ArrayList;
import java.util.List;

/// An event during a run. Servers are numbered from 0, and later ones in the order in which they
/// join.
public sealed interface ScenarioEvent {
  /// When it happens.
  double atSeconds();

  /// A server's own speed changes.
  ///
  /// @param atSeconds when
  /// @param server which
  /// @param speed its new speed; 0 is a crash: its requests fail, and new ones fail at once
  record Speed(double atSeconds, int server, double speed) implements ScenarioEvent {
    public Speed {
      Checks.notNegative(atSeconds, "speed.at");
      Checks.atLeast(0, server, "speed.server");
      Checks.notNegative(speed, "speed.speed");
    }
  }

  /// All servers, including later ones, work at a multiple of their own speed.
  ///
  /// @param atSeconds when
  /// @param factor the multiple; 1 restores it
  record SpeedOfAll(double atSeconds, double factor) implements ScenarioEvent {
    public SpeedOfAll {
      Checks.notNegative(atSeconds, "speed-of-all.at");
      Checks.positive(factor, "speed-of-all.factor");
    }
  }

  /// Requests arrive at a multiple of the scenario's rate.
  ///
  /// @param atSeconds when
  /// @param factor the multiple; 1 restores it
  record Rate(double atSeconds, double factor) implements ScenarioEvent {
    public Rate {
      Checks.notNegative(atSeconds, "rate.at");
      Checks.positive(factor, "rate.factor");
    }
  }

  /// A new server joins.
  ///
  /// @param atSeconds when
  /// @param server its properties
  record Join(double atSeconds, ServerSpec server) implements ScenarioEvent {
    public Join {
      Checks.notNegative(atSeconds, "join.at");
    }
  }

  /// A server gets no new requests and finishes its others.
  ///
  /// @param atSeconds when
  /// @param server which
  record Leave(double atSeconds, int server) implements ScenarioEvent {
    public Leave {
      Checks.notNegative(atSeconds, "leave.at");
      Checks.atLeast(0, server, "leave.server");
    }
  }

  /// A server starts or stops to respond to every new request with an error at once.
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

  /// A start-first rolling update: a new server joins, half a step later an old one leaves, until
  /// all are new.
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
