package dev.weir.swarm.stack.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Replaces `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:?error}`, `${X?error}` and `$$` in
/// all values of a file; keys stay unchanged.
///
/// The docker CLI has three oddities. It reads `$X-rest`, without braces, as a default that
/// includes the rest of the value; we do the same and warn. It refuses a dollar sign that begins
/// nothing, unless a variable follows, and then drops it; we do the same and warn. In
/// `${X:?not-set}` it takes `set` for a default because of the hyphen, so that its check never
/// fires; ours does.
final class Interpolation {
  private static final int LETTERS_MAX = 100;

  private static final String REFERENCE = "([_a-z][_a-z0-9]*)(?:(:?[-?])([^}]*))?";
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$(?:(\\$)|" + REFERENCE + "|\\{" + REFERENCE + "\\}|)", Pattern.CASE_INSENSITIVE);

  /// The same for the rest of a text without a closing brace: searching for one repeatedly would
  /// take quadratic time.
  private static final Pattern UNBRACED =
      Pattern.compile(
          "\\$(?:(\\$)|" + REFERENCE + "|\\{(?!)" + REFERENCE + "|)", Pattern.CASE_INSENSITIVE);

  private final Map<String, String> environment;
  private final FileProblems fileProblems;

  Interpolation(Map<String, String> environment, FileProblems fileProblems) {
    this.environment = environment;
    this.fileProblems = fileProblems;
  }

  StackFile apply() {
    StackFile file = fileProblems.file();
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    file.root().forEach((key, value) -> root.put(key, value(value, List.of(key), key)));
    return file.with(root);
  }

  /// @param steps the path as keys, list items as `[]`, for [TypeCasts]
  private @Nullable Object value(@Nullable Object value, List<String> steps, String path) {
    return switch (value) {
      case String text -> text(text, steps, path);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        Values.map(map)
            .forEach(
                (key, item) -> out.put(key, value(item, with(steps, key), Paths.key(path, key))));
        yield out;
      }
      case List<?> list -> {
        List<@Nullable Object> out = new ArrayList<>();
        for (Object item : Values.list(list)) {
          out.add(value(item, with(steps, TypeCasts.ITEM), Paths.item(path, out.size())));
        }
        yield out;
      }
      case null, default -> value;
    };
  }

  private static List<String> with(List<String> steps, String next) {
    List<String> out = new ArrayList<>(steps);
    out.add(next);
    return out;
  }

  private @Nullable Object text(String text, List<String> steps, String path) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    String replaced = replaced(text, path);
    if (replaced.equals(text)) {
      return text;
    }
    try {
      return TypeCasts.cast(steps, replaced);
    } catch (IllegalArgumentException e) {
      fileProblems.at(
          path,
          "`%s`, once its variables are replaced: %s".formatted(shortened(text), e.getMessage()));
      return TypeCasts.neutral(steps, replaced);
    }
  }

  private String replaced(String text, String path) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(text);
    int lastBrace = text.lastIndexOf('}');
    boolean stray = false;
    int from = 0;
    while (matcher.find()) {
      out.append(text, from, matcher.start()).append(replacement(matcher, path));
      from = matcher.end();
      boolean variable = matcher.group(2) != null || matcher.group(5) != null;
      if (stray && variable) {
        fileProblems.warn(
            path,
            "`%s`: a dollar sign is dropped, as the docker CLI does; write $$ for one"
                .formatted(shortened(text)));
      }
      stray = !variable && (stray || matcher.group(1) == null);
      if (from > lastBrace) {
        matcher.usePattern(UNBRACED);
      }
    }
    if (stray) {
      fileProblems.at(
          path,
          ("invalid interpolation in `%s` (expected: $X, ${X}, ${X:-default}, ${X-default},"
                  + " ${X:?error} or ${X?error}; write $$ for a dollar sign)")
              .formatted(shortened(text)));
    }
    return out.append(text, from, text.length()).toString();
  }

  private static String shortened(String text) {
    return text.length() > LETTERS_MAX ? text.substring(0, LETTERS_MAX) + "…" : text;
  }

  private String replacement(Matcher matcher, String path) {
    if (matcher.group(1) != null) {
      return "$";
    }
    if (matcher.group(2) != null) {
      if (matcher.group(3) != null) {
        fileProblems.warn(
            path,
            "`%s` is read as a default, as the docker CLI does; write ${%s}%s if it is not one"
                .formatted(matcher.group(), matcher.group(2), matcher.group(3) + matcher.group(4)));
      }
      return variable(matcher.group(2), matcher.group(3), matcher.group(4), path);
    }
    if (matcher.group(5) != null) {
      return variable(matcher.group(5), matcher.group(6), matcher.group(7), path);
    }
    return "";
  }

  private String variable(
      String name, @Nullable String operator, @Nullable String argument, String path) {
    String value = environment.get(name);
    if (operator == null) {
      return value == null ? "" : value;
    }
    boolean missing = value == null || (operator.startsWith(":") && value.isEmpty());
    if (!missing && value != null) {
      return value;
    }
    if (operator.endsWith("?")) {
      fileProblems.at(
          path,
          "variable %s is required%s; set it in the environment"
              .formatted(
                  name, argument == null || argument.isEmpty() ? "" : " (" + argument + ")"));
      return "";
    }
    return argument == null ? "" : argument;
  }
}
