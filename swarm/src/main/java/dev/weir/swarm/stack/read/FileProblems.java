package dev.weir.swarm.stack.read;

import dev.weir.base.Problems;
import dev.weir.base.Visible;
import java.util.List;

/// Collects problems and warnings of one file, each with file, line and path.
record FileProblems(StackFile file, Problems problems, List<String> warnings) {
  /// How many warnings to report.
  private static final int WARNINGS_MAX = 500;

  void at(String path, String message) {
    problems.add(Visible.shortLine(file.where(path) + ": " + message));
  }

  void warn(String path, String message) {
    String warning = Visible.shortLine(file.where(path) + ": " + message);
    if (warnings.size() < WARNINGS_MAX && !warnings.contains(warning)) {
      warnings.add(warning);
    }
  }
}
