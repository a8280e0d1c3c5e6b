package dev.weir.cli.option;

import dev.weir.base.Problems;
import dev.weir.base.UserError;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// One step of reading the options. Its problems are reported together with all others.
public final class OptionParsing {
  /// The first line of several problems: the others say it all.
  private static final Pattern SEVERAL = Pattern.compile("[a-z]+: [0-9]+ problems");

  /// How settings records name what the user typed as an option.
  private static final Pattern RECORD =
      Pattern.compile("(?:balancer|timeouts|proxy|demo|compare|scenario): ");

  private OptionParsing() {}

  /// What the step yields, or nothing, having noted why.
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
