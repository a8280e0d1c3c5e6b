package dev.weir.cli.option;

import dev.weir.base.Problems;
import dev.weir.base.UserError;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// One step of reading the options. Its problems are reported together with all others.
public final class OptionParsing {
  /// The heading of several problems, which is dropped.
  private static final Pattern SEVERAL = Pattern.compile("[a-z]+: [0-9]+ problems");

  /// The prefix that settings records put before the name of an option.
  private static final Pattern RECORD =
      Pattern.compile("(?:balancer|timeouts|proxy|demo|compare|scenario): ");

  private OptionParsing() {}

  /// The result of the step; empty, with the reason in `problems`, if it fails.
  public static <T> Optional<T> of(Problems problems, Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (UserError | IllegalArgumentException e) {
      String.valueOf(e.getMessage())
          .lines()
          .filter(line -> !SEVERAL.matcher(line).matches())
          .forEach(line -> problems.add(asTyped(line)));
      return Optional.empty();
    }
  }

  private static String asTyped(String line) {
    String problem = RECORD.matcher(line.replaceFirst("^  - ", "")).replaceFirst("");
    return problem.matches("[a-z][a-z-]*: .*") ? "--" + problem : problem;
  }
}
