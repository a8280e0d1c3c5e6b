package dev.weir.cli.engine;

import java.util.ArrayList;
import java.util.List;

/// Completes the names of clusters: when the user presses tab, the shell lists their folders.
public final class ClusterNames extends ArrayList<String> {
  private static final long serialVersionUID = 1;

  ClusterNames() {
    super(List.of("$(command ls \"${WEIR_HOME:-$HOME/.weir}/clusters\" 2>/dev/null)"));
  }
}
