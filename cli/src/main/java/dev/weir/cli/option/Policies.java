package dev.weir.cli.option;

import dev.weir.balance.PolicySpec;
import java.util.ArrayList;

/// Completes options that take the name of a policy.
public final class Policies extends ArrayList<String> {
  private static final long serialVersionUID = 1;

  public Policies() {
    super(PolicySpec.labels());
  }
}
