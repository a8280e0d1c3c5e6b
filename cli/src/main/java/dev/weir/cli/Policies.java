package dev.weir.cli;

import dev.weir.balance.PolicySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The policies' names as options take them, and what completes them.
final class Policies extends ArrayList<String> {
  private static final long serialVersionUID = 1;

  Policies() {
    super(names());
  }

  /// The policy of that name.
  ///
  /// @param option what the user typed the name after
  /// @throws IllegalArgumentException naming them all, and the nearest
  static PolicySpec named(String option, String name) {
    String small = name.strip().toLowerCase(Locale.ROOT);
    return Stream.of(PolicySpec.values())
        .filter(policy -> policy.label().equals(small))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s: %s (expected: one of %s%s)"
                    .formatted(
                        option,
                        name,
                        String.join(", ", names()),
                        NearestName.hint(name, names()))));
  }

  private static List<String> names() {
    return Stream.of(PolicySpec.values()).map(PolicySpec::label).toList();
  }
}
