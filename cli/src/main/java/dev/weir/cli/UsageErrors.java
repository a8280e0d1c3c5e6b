package dev.weir.cli;

import dev.weir.base.NearestName;
import dev.weir.base.Secrets;
import dev.weir.cli.option.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The two lines for an unreadable command line: what is wrong, and which help to read.
final class UsageErrors {
  /// The error of the command `help`.
  private static final Pattern UNKNOWN = Pattern.compile("Unknown subcommand '(.*)'\\.");

  private UsageErrors() {}

  static int report(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String message = TypedSecrets.hidden(message(e, command), List.of(args));
    command.getErr().println("weir: " + message);
    command
        .getErr()
        .println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  private static String message(ParameterException e, CommandLine command) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      return word.startsWith("-") ? option(word, command) : argument(word, command);
    }
    String message = String.valueOf(e.getMessage());
    Matcher unknown = UNKNOWN.matcher(message);
    return unknown.matches() ? argument(unknown.group(1), command) : message;
  }

  private static String option(String word, CommandLine command) {
    List<String> known = new ArrayList<>();
    command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> known.addAll(List.of(option.names())));
    // Text glued to a short option may be a secret.
    String name =
        word.startsWith("--")
            ? word.replaceFirst("=.*", "")
            : word.replaceFirst("(?s)[=:\\s].*", "");
    return "%s: unknown option%s".formatted(name, NearestName.hint(name, known));
  }

  private static String argument(String word, CommandLine command) {
    List<String> known =
        command.getSubcommands().entrySet().stream()
            .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
            .map(Map.Entry::getKey)
            .toList();
    String name = command.getCommandSpec().qualifiedName();
    return known.isEmpty()
        ? "%s: one argument too many for '%s'".formatted(Secrets.address(word), name)
        : "%s: not a command of '%s'%s"
            .formatted(Secrets.address(word), name, NearestName.hint(word, known));
  }
}
