package dev.weir.cli.option;

import dev.weir.base.Secrets;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The command line that repeats a run: what the user typed, and the seed.
///
/// It is kept with the run, so others can read it. All text is hidden unless it is known to be
/// harmless: values of headers and queries, user information, bodies, and every text of an option
/// that is not named here. `--keep-values` keeps all but the address of a database.
public final class RepeatCommandLine {
  public static final String KEEP = "--keep-values";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  /// Options that hold no secrets.
  private static final Set<String> HARMLESS =
      Set.of(
          "--drain",
          "--hold",
          "--queue",
          "--max-replicas",
          "--min-replicas",
          "--cold-start",
          "--slots",
          "--work-error",
          "--work-scv",
          "--work",
          "--promise",
          "--peak",
          "--autoscale",
          "--scale",
          "--slo",
          "--method",
          "--replica-header",
          "--json",
          "--csv",
          "--hdr",
          "--fail-if",
          "--database",
          "--context",
          "--cluster",
          "--service",
          "--time-dist",
          "--work-dist",
          "--policies",
          "--images",
          "--limit",
          "--change",
          "--rate",
          "--join",
          "--leave",
          "--errors",
          "--update",
          "--service-law",
          "--replicas",
          "--suite");

  private static final Set<String> ADDRESSES =
      Set.of("--url", "--path", "--status-url", "--api-url", "--api_url", "--host");

  private static final Set<String> DATABASES = Set.of("--mongo-uri", "--mongo-client");

  private RepeatCommandLine() {}

  public static String of(CommandSpec spec, long seed) {
    List<String> words = words(spec);
    if (words.stream().noneMatch(word -> word.equals("--seed") || word.startsWith("--seed="))) {
      words.add("--seed");
      words.add(Long.toString(seed));
    }
    return joined(words, spec);
  }

  /// For a command without a seed.
  public static String unseeded(CommandSpec spec) {
    return joined(words(spec), spec);
  }

  private static List<String> words(CommandSpec spec) {
    boolean all = keepsAll(spec);
    var words = new ArrayList<String>();
    var matched = new LinkedHashSet<>(spec.commandLine().getParseResult().matchedOptions());
    matched.forEach(option -> words.addAll(words(option, all)));
    return words;
  }

  private static List<String> words(OptionSpec option, boolean all) {
    if (option.arity().max() == 0) {
      return flag(option);
    }
    var words = new ArrayList<String>();
    for (String value : option.originalStringValues()) {
      String kept = kept(option, value, all);
      if (option.arity().min() > 0 && !kept.startsWith("-")) {
        words.add(option.longestName());
        words.add(kept);
      } else {
        words.add(option.longestName() + (kept.isEmpty() ? "" : "=" + kept));
      }
    }
    return words;
  }

  private static List<String> flag(OptionSpec option) {
    boolean off = Boolean.FALSE.equals(option.getValue());
    if (off && option.negatable()) {
      return List.of(option.longestName().replaceFirst("^--", "--no-"));
    }
    return off ? List.of() : List.of(option.longestName());
  }

  private static String kept(OptionSpec option, String value, boolean all) {
    String name = option.longestName();
    if (DATABASES.contains(name)) {
      return Secrets.address(value);
    }
    if (all || !isText(option) || HARMLESS.contains(name)) {
      return value;
    }
    if (ADDRESSES.contains(name)) {
      return Secrets.address(value);
    }
    return switch (name) {
      case "--header" -> Secrets.header(value);
      case "--body" -> value.startsWith("@") ? value : Secrets.HIDDEN;
      default -> Secrets.HIDDEN;
    };
  }

  private static boolean isText(OptionSpec option) {
    Class<?> type = option.auxiliaryTypes()[0];
    return type == String.class || type == URI.class;
  }

  private static boolean keepsAll(CommandSpec spec) {
    OptionSpec keep = spec.findOption(KEEP);
    return keep != null && Boolean.TRUE.equals(keep.getValue());
  }

  /// Adds a shell comment if values are hidden.
  private static String joined(List<String> words, CommandSpec spec) {
    String line =
        words.stream()
            .map(RepeatCommandLine::quoted)
            .collect(Collectors.joining(" ", spec.qualifiedName() + " ", ""))
            .strip();
    boolean hidden = words.stream().anyMatch(word -> word.contains(Secrets.HIDDEN));
    if (!hidden) {
      return line;
    }
    String advice = spec.findOption(KEEP) == null ? "" : ", or record with " + KEEP;
    return line + "  # fill in what " + Secrets.HIDDEN + " hides" + advice;
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
