package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.finding.Findings;

/// Whether an Engine responds, is in a swarm, and manages it.
final class EngineState implements Check {
  @Override
  public String name() {
    return "engine";
  }

  @Override
  public void examine(Facts facts, Findings into) {
    facts
        .engine()
        .ifPresentOrElse(
            engine -> examine(engine, into),
            () ->
                into.critical(
                    "swarm",
                    "no manager's Engine responds: " + facts.engineFailure(),
                    "Nothing can be changed or seen while no manager responds.",
                    "sudo systemctl status docker    # on a manager",
                    "weir cluster doctor --host URL  # if another manager responds"));
  }

  private static void examine(EngineFacts engine, Findings into) {
    String state = engine.swarm().path("LocalNodeState").asString("inactive");
    String error = engine.swarm().path("Error").asString("");
    String subject = engine.hostname().isEmpty() ? engine.address() : engine.hostname();
    if (state.equals("locked")) {
      into.critical(
          subject,
          "the swarm is locked here",
          "After a restart a locked manager takes no part in anything.",
          "docker swarm unlock  # on %s; another manager prints the key: docker swarm unlock-key"
              .formatted(subject));
    } else if (state.equals("inactive")) {
      into.critical(
          subject,
          "in no swarm",
          "There is nothing to examine.",
          "weir swarm init, or choose an Engine of the swarm by --host or --context");
    } else if (!state.equals("active") || !error.isEmpty()) {
      into.critical(
          subject,
          "state %s%s".formatted(state, error.isEmpty() ? "" : ": " + error),
          "The Engine takes no full part in the swarm.",
          "sudo journalctl -u docker -n 50  # on " + subject);
    } else if (!engine.swarm().path("ControlAvailable").asBoolean(false)) {
      into.warning(
          subject,
          "a worker, which knows neither nodes nor services",
          "Most checks need a manager.",
          "weir cluster doctor --host URL  # of "
              + engine.swarm().path("RemoteManagers").findValuesAsString("Addr"));
    }
  }
}
