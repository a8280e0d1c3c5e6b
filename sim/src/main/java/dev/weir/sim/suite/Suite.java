package dev.weir.sim.suite;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The cases of the policy suite.
public final class Suite {
  private Suite() {}

  /// All of them.
  public static List<SuiteCase> cases() {
    return Stream.concat(SteadyCases.all().stream(), ChangingCases.all().stream()).toList();
  }

  /// The case of that name, or else those that have all words of it in their names.
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
