package dev.weir.base;

import java.util.ArrayList;
import java.util.List;

/// All errors in one set of settings, collected to be reported at once.
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /// Adds a problem if `holds` is false.
  public void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      found.add(Checks.message(name, value, expected));
    }
  }

  /// Adds a problem with its own text.
  public void add(String problem) {
    found.add(problem);
  }

  /// Runs a step that may refuse its input, and adds the refusal.
  public void collect(Runnable step) {
    try {
      step.run();
    } catch (IllegalArgumentException e) {
      found.add(String.valueOf(e.getMessage()));
    }
  }

  /// The problems found so far, in order.
  public List<String> all() {
    return List.copyOf(found);
  }

  /// Throws if there are any problems.
  ///
  /// @param source what was being read: a file's name, or the command
  /// @throws IllegalArgumentException listing every problem
  public void throwIfAny(String source) {
    if (found.size() == 1) {
      throw new IllegalArgumentException("%s: %s".formatted(source, found.getFirst()));
    }
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %d problems\n  - %s".formatted(source, found.size(), String.join("\n  - ", found)));
    }
  }
}
