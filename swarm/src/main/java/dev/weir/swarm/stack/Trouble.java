package dev.weir.swarm.stack;

import dev.weir.base.Problems;
import java.util.List;

/// Where problems and warnings of one file go, each with file, line and path.
record Trouble(StackFile file, Problems problems, List<String> warnings) {
  void at(String path, String message) {
    problems.add(file.where(path) + ": " + message);
  }

  void warn(String path, String message) {
    String warning = file.where(path) + ": " + message;
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }
}
