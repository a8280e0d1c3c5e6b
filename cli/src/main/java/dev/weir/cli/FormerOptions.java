package dev.weir.cli;

import dev.weir.base.FormerNames;
import java.util.function.Consumer;

/// Takes options by their former names ([FormerNames]).
final class FormerOptions {
  private FormerOptions() {}

  /// The arguments with present names in place of former ones.
  ///
  /// @param args the command line; its first word is the command
  /// @param notice takes one line for each option that has a new name
  static String[] renamed(String[] args, Consumer<String> notice) {
    String[] renamed = args.clone();
    for (int i = 1; i < args.length && !args[i].equals("--"); i++) {
      int end = args[i].indexOf('=') < 0 ? args[i].length() : args[i].indexOf('=');
      String former = args[i].substring(0, end);
      String present = FormerNames.OPTIONS.get(args[0] + " " + former);
      if (present != null) {
        renamed[i] = present + args[i].substring(end);
        notice.accept(
            "weir: %s is now called %s; the next release no longer knows %s"
                .formatted(former, present, former));
      }
    }
    return renamed;
  }
}
