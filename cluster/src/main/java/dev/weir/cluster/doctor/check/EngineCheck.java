package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.List;

/// A check of what managers know.
abstract class EngineCheck implements Check {
  private final String name;
  private final List<String> parts;

  /// @param parts the lists of the Engine that it needs, such as `/nodes`
  EngineCheck(String name, String... parts) {
    this.name = name;
    this.parts = List.of(parts);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void examine(Facts facts, Findings into) {
    if (facts.engine().isEmpty()) {
      into.unseen("swarm", facts.engineFailure());
      return;
    }
    EngineFacts engine = facts.engine().get();
    for (String part : parts) {
      if (engine.refusals().containsKey(part)) {
        into.unseen("swarm", engine.refusals().getOrDefault(part, ""));
        return;
      }
    }
    examine(engine, facts, into);
  }

  /// Looks at what a manager said.
  abstract void examine(EngineFacts engine, Facts facts, Findings into);
}
