package dev.weir.swarm.stack.read;

import dev.weir.swarm.stack.read.SchemaType.Format;
import dev.weir.swarm.stack.read.SchemaType.Kind;
import dev.weir.swarm.stack.read.SchemaType.Since;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks a file against one version of [ComposeSchema] and reports every mismatch.
final class SchemaCheck {
  private final FileProblems fileProblems;
  private final int minor;

  /// @param minor the file's version is 3.`minor`
  SchemaCheck(FileProblems fileProblems, int minor) {
    this.fileProblems = fileProblems;
    this.minor = minor;
  }

  void check() {
    check(fileProblems.file().root(), ComposeSchema.FILE, "");
  }

  private void check(@Nullable Object value, SchemaType shape, String path) {
    switch (shape) {
      case SchemaType.Leaf leaf -> leaf(value, leaf, path);
      case SchemaType.Choice choice -> {
        if (!(value instanceof String word) || !choice.words().contains(word)) {
          wrong(value, String.join(" or ", new TreeSet<>(choice.words())), path);
        }
      }
      case SchemaType.Items items -> items(value, items, path);
      case SchemaType.OneOf oneOf -> oneOf(value, oneOf, path);
      case SchemaType.Keys keys -> keys(value, keys, path);
    }
  }

  private void leaf(@Nullable Object value, SchemaType.Leaf leaf, String path) {
    if (!is(value, leaf.kinds())) {
      wrong(value, words(leaf), path);
    } else if (leaf.format() == Format.DURATION) {
      refusal(value, path, () -> GoDuration.nanos(Values.text(value)));
    } else if (leaf.format() == Format.PORTS) {
      refusal(value, path, () -> ShortPorts.check(Values.text(value)));
    }
  }

  private void refusal(@Nullable Object value, String path, Runnable step) {
    try {
      step.run();
    } catch (IllegalArgumentException e) {
      fileProblems.at(path, "`%s`: %s".formatted(Values.text(value), e.getMessage()));
    }
  }

  private void items(@Nullable Object value, SchemaType.Items items, String path) {
    if (!(value instanceof List)) {
      wrong(value, "a list", path);
      return;
    }
    Set<@Nullable Object> seen = new HashSet<>();
    int index = 0;
    for (Object item : Values.list(value)) {
      String at = Paths.item(path, index++);
      if (items.unique() && !seen.add(comparable(item))) {
        fileProblems.at(at, "`%s` is there twice; remove one".formatted(item));
      }
      check(item, items.item(), at);
    }
  }

  /// JSON has one kind of number, so 80 and 80.0 are the same item.
  private static @Nullable Object comparable(@Nullable Object item) {
    return item instanceof Double number && isInteger(number) ? number.longValue() : item;
  }

  private void oneOf(@Nullable Object value, SchemaType.OneOf oneOf, String path) {
    for (SchemaType shape : oneOf.shapes()) {
      if (is(value, kinds(shape))) {
        check(value, shape, path);
        return;
      }
    }
    wrong(value, words(oneOf), path);
  }

  private void keys(@Nullable Object value, SchemaType.Keys keys, String path) {
    if (value == null && keys.nullable()) {
      return;
    }
    if (!(value instanceof Map)) {
      wrong(value, "a mapping", path);
      return;
    }
    Map<String, @Nullable Object> map = Values.map(value);
    for (String required : keys.required()) {
      if (!map.containsKey(required)) {
        fileProblems.at(path, "`%s` is missing".formatted(required));
      }
    }
    map.forEach((key, item) -> entry(key, item, keys, Paths.key(path, key)));
  }

  private void entry(String key, @Nullable Object value, SchemaType.Keys keys, String path) {
    SchemaType known = known(key, keys);
    if (known != null) {
      check(value, known, path);
    } else if (key.startsWith("x-") && minor >= keys.extensions()) {
      return;
    } else if (keys.pattern() != null && keys.pattern().matcher(key).matches()) {
      check(value, keys.other(), path);
    } else if (!keys.open() && !ServiceWarnings.isForbidden(path)) {
      fileProblems.at(path, unknown(key, keys));
    }
  }

  private @Nullable SchemaType known(String key, SchemaType.Keys keys) {
    SchemaType newest = null;
    for (Since each : keys.named().getOrDefault(key, List.of())) {
      if (each.minor() <= minor) {
        newest = each.shape();
      }
    }
    return newest;
  }

  private String unknown(String key, SchemaType.Keys keys) {
    int from = Integer.MAX_VALUE;
    for (Since each : keys.named().getOrDefault(key, List.of())) {
      from = Math.min(from, each.minor());
    }
    if (key.startsWith("x-") && keys.extensions() != SchemaType.NEVER) {
      from = Math.min(from, keys.extensions());
    }
    if (from != Integer.MAX_VALUE) {
      return "needs Compose version 3.%d; this file says 3.%d".formatted(from, minor);
    }
    if (keys.named().isEmpty() && keys.pattern() != null) {
      return "`%s` is no valid name (expected: %s)".formatted(key, keys.pattern());
    }
    Set<String> allowed = new TreeSet<>(keys.named().keySet());
    return "unknown key `%s`%s"
        .formatted(
            key, allowed.size() > 12 ? "" : " (expected: " + String.join(", ", allowed) + ")");
  }

  private void wrong(@Nullable Object value, String expected, String path) {
    fileProblems.at(path, "must be %s (found: %s)".formatted(expected, found(value)));
  }

  private static String found(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case Map<?, ?> _ -> "a mapping";
      case List<?> _ -> "a list";
      case String text when text.length() > 60 -> "a string";
      case String text -> "the string `" + text + "`";
      default -> Values.text(value);
    };
  }

  private static boolean is(@Nullable Object value, Set<Kind> kinds) {
    return switch (value) {
      case null -> kinds.contains(Kind.NULL);
      case Map<?, ?> _ -> kinds.contains(Kind.MAPPING);
      case List<?> _ -> kinds.contains(Kind.LIST);
      case Boolean _ -> kinds.contains(Kind.BOOLEAN);
      case Long _, BigInteger _ -> kinds.contains(Kind.INTEGER) || kinds.contains(Kind.NUMBER);
      case Double number ->
          kinds.contains(Kind.NUMBER) || (kinds.contains(Kind.INTEGER) && isInteger(number));
      default -> kinds.contains(Kind.STRING);
    };
  }

  private static boolean isInteger(double number) {
    return Double.isFinite(number) && number == Math.rint(number);
  }

  private static Set<Kind> kinds(SchemaType shape) {
    return switch (shape) {
      case SchemaType.Leaf leaf -> leaf.kinds();
      case SchemaType.Choice _ -> EnumSet.of(Kind.STRING);
      case SchemaType.Items _ -> EnumSet.of(Kind.LIST);
      case SchemaType.Keys keys ->
          keys.nullable() ? EnumSet.of(Kind.MAPPING, Kind.NULL) : EnumSet.of(Kind.MAPPING);
      case SchemaType.OneOf oneOf ->
          oneOf.shapes().stream().flatMap(each -> kinds(each).stream()).collect(Collectors.toSet());
    };
  }

  private static String words(SchemaType shape) {
    List<String> words = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (kinds(shape).contains(kind)) {
        words.add(kind.words);
      }
    }
    return String.join(" or ", words);
  }
}
