package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.finding.Findings;

/// Looks at one kind of trouble. It does no I/O: facts in, findings out.
public interface Check {
  /// Its name, as `--checks` takes it.
  String name();

  /// Looks, and adds what it finds and what it could not see.
  void examine(Facts facts, Findings into);
}
