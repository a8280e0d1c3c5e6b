package dev.weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// The command line that draws and does the same again: what the user typed, and the seed.
final class Repeat {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  private static final Pattern PASSWORD = Pattern.compile("(://[^/@:\\s]*:)\\S*@");
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "((?:^|=)\\s*(?:Proxy-)?(?:Authorization|Cookie|X-Api-Key)\\s*:\\s*).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Repeat() {}

  static String of(CommandSpec spec, long seed) {
    List<String> words = new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    if (words.stream().noneMatch(word -> word.equals("--seed") || word.startsWith("--seed="))) {
      words.add("--seed");
      words.add(Long.toString(seed));
    }
    return joined(words);
  }

  /// Of a command that draws nothing.
  static String unseeded(CommandSpec spec) {
    return joined(spec.root().commandLine().getParseResult().originalArgs());
  }

  private static String joined(List<String> words) {
    return words.stream()
        .map(Repeat::withoutSecrets)
        .map(Repeat::quoted)
        .collect(Collectors.joining(" ", "weir ", ""));
  }

  /// What a run keeps is shown to others: no password of an address, and no header that lets one
  /// in.
  static String withoutSecrets(String word) {
    String address = PASSWORD.matcher(word).replaceAll("$1***@");
    return CREDENTIALS.matcher(address).replaceFirst("$1***");
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
