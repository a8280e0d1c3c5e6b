package dev.weir.cli;

import dev.weir.balance.PolicySpec;
import java.util.ArrayList;

/// Completes options that take the name of a policy.
final class Policies extends ArrayList<String> {
  private static final long serialVersionUID = 1;

  Policies() {
    super(PolicySpec.labels());
  }
}
