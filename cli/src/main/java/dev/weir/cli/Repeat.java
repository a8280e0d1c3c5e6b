package dev.weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// The command line that draws and does the same again: what the user typed, and the seed.
final class Repeat {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  private Repeat() {}

  static String of(CommandSpec spec, long seed) {
    List<String> words = new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    if (words.stream().noneMatch(word -> word.equals("--seed") || word.startsWith("--seed="))) {
      words.add("--seed");
      words.add(Long.toString(seed));
    }
    return words.stream().map(Repeat::quoted).collect(Collectors.joining(" ", "weir ", ""));
  }

  /// Of a command that draws nothing.
  static String unseeded(CommandSpec spec) {
    return spec.root().commandLine().getParseResult().originalArgs().stream()
        .map(Repeat::quoted)
        .collect(Collectors.joining(" ", "weir ", ""));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
