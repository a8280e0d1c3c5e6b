package dev.weir.cli.engine;

import java.util.ArrayList;
import java.util.List;

/// Completes the names of clusters. They change, so the shell lists them when the user presses tab.
public final class ClusterNames extends ArrayList<String> {
  private static final long serialVersionUID = 1;
  private static final String MARK = "@clusters@";

  ClusterNames() {
    super(List.of(MARK));
  }

  /// The completion script with a command of the shell in the place of the names.
  public static String listed(String script) {
    return script.replace(
        "(\"" + MARK + "\")", "($(command ls \"${WEIR_HOME:-$HOME/.weir}/clusters\" 2>/dev/null))");
  }
}
