package dev.weir.cli.option;

import picocli.CommandLine.Model.CommandSpec;

/// The class that starts Weir, for commands that start a second process of it.
public final class MainClass {
  private MainClass() {}

  /// The class of the root command: it has `main`.
  public static String of(CommandSpec command) {
    return command.root().userObject().getClass().getName();
  }
}
