package dev.weir.sim.suite;

import dev.weir.sim.Scenario;
import java.util.Optional;

/// One case of the policy suite.
///
/// @param name its name in tables
/// @param scenario the scenario, without the seed
/// @param slots how many requests a replica can work on at full speed; infinite if endless
/// @param steady whether its second half is like any other part of it
/// @param reference the result of an earlier version, if it was good
/// @param errors a replica that responds with errors, if any
public record SuiteCase(
    String name,
    Scenario scenario,
    double slots,
    boolean steady,
    Optional<Reference> reference,
    Optional<ErringReplica> errors) {
  /// A replica that responds to every request with an error for a while.
  ///
  /// @param server which, from 0
  /// @param fromSeconds the beginning
  /// @param toSeconds the end
  public record ErringReplica(int server, double fromSeconds, double toSeconds) {}

  /// Squared coefficient of variation of the work.
  double workScv() {
    return scenario.demand().work().scv();
  }

  int replicas() {
    return scenario.supply().servers().size();
  }
}
