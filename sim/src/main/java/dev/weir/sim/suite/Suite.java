package dev.weir.sim.suite;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The cases of the policy suite.
public final class Suite {
  private Suite() {}

  /// All cases.
  public static List<SuiteCase> cases() {
    return Stream.concat(SteadyCases.all().stream(), ChangingCases.all().stream()).toList();
  }

  /// The case with that name, or else those with all its words in their names.
  public static List<SuiteCase> cases(String wanted) {
    String words = wanted.strip().toLowerCase(Locale.ROOT);
    List<SuiteCase> exact =
        cases().stream().filter(one -> one.name().equalsIgnoreCase(words)).toList();
    return exact.isEmpty()
        ? cases().stream().filter(one -> hasAll(one.name(), words)).toList()
        : exact;
  }

  private static boolean hasAll(String name, String words) {
    List<String> own = List.of(name.toLowerCase(Locale.ROOT).split(" "));
    return own.containsAll(List.of(words.split("\\s+")));
  }
}
