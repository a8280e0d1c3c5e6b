package dev.weir.cli.simulate;

import dev.weir.base.Problems;
import java.lang.reflect.Field;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Refuses options that say nothing about autoscaling.
final class AutoscaleOnly {
  /// Options of other sections that it takes too.
  private static final Set<String> SHARED =
      Set.of("--trace", "--seeds", "--seed", "--json", "--debug");

  private AutoscaleOnly() {}

  static void check(CommandSpec spec, Problems problems) {
    spec.commandLine().getParseResult().matchedOptions().stream()
        .filter(option -> !isOfItsSection(option))
        .map(OptionSpec::longestName)
        .filter(name -> !SHARED.contains(name))
        .forEach(name ->
            problems.add(
                name + ": not with --autoscale (expected: options of its section in --help)"));
  }

  private static boolean isOfItsSection(OptionSpec option) {
    return option.userObject() instanceof Field field
        && field.getDeclaringClass().equals(SimulatedAutoscaling.class);
  }
}
