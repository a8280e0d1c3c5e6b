package dev.weir.cli.simulate;

import dev.weir.base.Problems;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Refuses options that say nothing about autoscaling.
final class AutoscaleOnly {
  private static final Set<String> TOGETHER =
      Set.of(
          "--autoscale",
          "--trace",
          "--peak",
          "--promise",
          "--work",
          "--work-scv",
          "--work-error",
          "--slots",
          "--cold-start",
          "--min-replicas",
          "--max-replicas",
          "--queue",
          "--hold",
          "--drain",
          "--chart",
          "--seeds",
          "--seed",
          "--json",
          "--debug");

  private AutoscaleOnly() {}

  static void check(CommandSpec spec, Problems problems) {
    spec.commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .filter(name -> !TOGETHER.contains(name))
        .forEach(name ->
            problems.add(
                name + ": not with --autoscale (expected: options of its section in --help)"));
  }
}
