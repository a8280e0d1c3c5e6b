package dev.weir.swarm.stack;

import dev.weir.base.Problems;
import java.util.List;

/// Where problems and warnings of one file go, each with file, line and path.
record FileProblems(StackFile file, Problems problems, List<String> warnings) {
  /// How many warnings are told: more are not read.
  private static final int WARNINGS_MAX = 500;

  void at(String path, String message) {
    problems.add(OneLine.of(file.where(path) + ": " + message));
  }

  void warn(String path, String message) {
    String warning = OneLine.of(file.where(path) + ": " + message);
    if (warnings.size() < WARNINGS_MAX && !warnings.contains(warning)) {
      warnings.add(warning);
    }
  }
}
