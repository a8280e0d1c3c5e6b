package dev.weir.swarm.stack.read;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The values allowed at one place of a Compose file.
sealed interface SchemaType {

  /// Types of YAML values, as named in messages.
  enum Kind {
    STRING("a string"),
    INTEGER("an integer"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NULL("nothing"),
    MAPPING("a mapping"),
    LIST("a list");

    final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /// A text with a required form.
  enum Format {
    ANY,
    DURATION,
    PORTS
  }

  /// A value of one of these kinds.
  record Leaf(Set<Kind> kinds, Format format) implements SchemaType {}

  /// One of a few words.
  record Choice(Set<String> words) implements SchemaType {}

  /// A list.
  record Items(SchemaType item, boolean unique) implements SchemaType {}

  /// Any of these, distinguished by their kind.
  record OneOf(List<SchemaType> shapes) implements SchemaType {}

  /// A mapping.
  ///
  /// @param named known keys, each with its type and first minor version
  /// @param pattern the form of other keys; null for none
  /// @param other the type of other keys
  /// @param open whether to ignore keys that match nothing
  /// @param extensions the first minor version that allows `x-` keys
  /// @param nullable whether it may be null
  record Keys(
      Map<String, List<Since>> named,
      @Nullable Pattern pattern,
      SchemaType other,
      boolean open,
      int extensions,
      boolean nullable,
      List<String> required)
      implements SchemaType {

    Keys lenient() {
      return new Keys(named, pattern, other, true, extensions, nullable, required);
    }

    Keys orNull() {
      return new Keys(named, pattern, other, open, extensions, true, required);
    }

    Keys extensionsSince(int minor) {
      return new Keys(named, pattern, other, open, minor, nullable, required);
    }

    Keys requiring(String... keys) {
      return new Keys(named, pattern, other, open, extensions, nullable, List.of(keys));
    }

    Keys and(Keys more) {
      Map<String, List<Since>> all = new LinkedHashMap<>(named);
      all.putAll(more.named);
      return new Keys(all, pattern, other, open, extensions, nullable, required);
    }

    Keys others(String regex, SchemaType shape) {
      return new Keys(named, Pattern.compile(regex), shape, open, extensions, nullable, required);
    }
  }

  /// A key and its type, from Compose version 3.`minor` on.
  record Since(String key, int minor, SchemaType shape) {}

  /// No version allows it.
  int NEVER = Integer.MAX_VALUE;

  static Leaf leaf(Kind... kinds) {
    return new Leaf(Set.of(kinds), Format.ANY);
  }

  static Leaf formatted(Format format, Kind... kinds) {
    return new Leaf(Set.of(kinds), format);
  }

  static OneOf oneOf(SchemaType... shapes) {
    return new OneOf(List.of(shapes));
  }

  static Items items(SchemaType item) {
    return new Items(item, false);
  }

  static Items uniqueItems(SchemaType item) {
    return new Items(item, true);
  }

  static Since key(String key, SchemaType shape) {
    return new Since(key, 0, shape);
  }

  static Since since(int minor, String key, SchemaType shape) {
    return new Since(key, minor, shape);
  }

  static Keys keys(Since... keys) {
    Map<String, List<Since>> named = new LinkedHashMap<>();
    for (Since key : keys) {
      named.merge(key.key(), List.of(key), SchemaType::both);
    }
    return new Keys(named, null, leaf(Kind.values()), false, NEVER, false, List.of());
  }

  private static List<Since> both(List<Since> first, List<Since> second) {
    Since[] all = Arrays.copyOf(first.toArray(new Since[0]), first.size() + 1);
    all[first.size()] = second.getFirst();
    return List.of(all);
  }
}
