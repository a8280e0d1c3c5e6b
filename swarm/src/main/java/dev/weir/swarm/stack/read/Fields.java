package dev.weir.swarm.stack.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The kinds of [Field] in Compose files.
final class Fields {
  /// A text; an empty one counts as absent.
  static final Field TEXT =
      (value, fileProblems, path) -> {
        if (value instanceof String text) {
          return text.isEmpty() ? null : text;
        }
        fileProblems.at(path, "must be a string (found: %s)".formatted(Values.text(value)));
        return null;
      };

  /// A flag that is off by default.
  static final Field FLAG =
      (value, fileProblems, path) -> {
        if (value instanceof Boolean flag) {
          return flag ? flag : null;
        }
        fileProblems.at(path, "must be true or false (found: %s)".formatted(Values.text(value)));
        return null;
      };

  /// A flag that may be explicitly off. As in the docker CLI, a later file cannot switch off what
  /// an earlier one switched on.
  static final Field SWITCH =
      field((value, _, _) -> value, (base, over) -> Boolean.TRUE.equals(over) ? over : base);

  /// A count for which zero is a value.
  static final Field COUNT = (value, fileProblems, path) -> unsigned(value, fileProblems, path);

  /// A count; zero counts as absent.
  static final Field POSITIVE =
      (value, fileProblems, path) -> nonZero(unsigned(value, fileProblems, path));

  /// A signed number; zero counts as absent.
  static final Field SIGNED = (value, _, _) -> nonZero(integer(value));

  /// A ratio of single precision.
  static final Field RATIO =
      (value, _, _) ->
          value instanceof Number number && number.doubleValue() != 0
              ? (Object) number.floatValue()
              : null;

  /// A duration in nanoseconds; zero counts as absent.
  static final Field DURATION = parsed(text -> GoDuration.nanos(text), false);

  /// A duration in nanoseconds that may be zero, though a later file's zero does not override.
  static final Field PAUSE =
      field(
          parsed(text -> GoDuration.nanos(text), true),
          (base, over) -> Long.valueOf(0).equals(over) ? base : over);

  /// A size such as `64M`, in bytes.
  static final Field SIZE = parsed(text -> ByteSize.parse(text), false);

  /// One text or a list; later files add to it.
  static final Field TEXTS =
      field(
          (value, fileProblems, path) ->
              value instanceof List
                  ? texts(value, fileProblems, path)
                  : List.of(Values.text(value)),
          Fields::append);

  /// A command, split like a shell does if it is a text; a later file's command replaces it.
  static final Field COMMAND =
      field(
          (value, fileProblems, path) -> {
            if (value instanceof String text) {
              try {
                return ShellWords.split(text);
              } catch (IllegalArgumentException e) {
                fileProblems.at(path, "`%s`: %s".formatted(text, e.getMessage()));
                return null;
              }
            }
            return texts(value, fileProblems, path);
          },
          (base, over) -> ((List<?>) over).isEmpty() ? base : over);

  /// The test of a health check.
  static final Field HEALTH_TEST =
      field(
          (value, fileProblems, path) ->
              value instanceof String text
                  ? List.of("CMD-SHELL", text)
                  : texts(value, fileProblems, path),
          Fields::append);

  /// Names and texts, as a mapping or as a list of `name=text`; a later file's entries win.
  static final Field LABELS = field((value, _, _) -> pairs(value, false), Fields::overlay);

  /// Variables: like labels, but a name without a value takes the client's value.
  static final Field ENVIRONMENT = field((value, _, _) -> pairs(value, true), Fields::environment);

  /// A value that is only printed.
  static final Field RAW = (value, _, _) -> value;

  private Fields() {}

  /// A field with its own merge.
  static Field field(Field read, BinaryOperator<Object> merge) {
    return new Field() {
      @Override
      public @Nullable Object read(Object value, FileProblems fileProblems, String path) {
        return read.read(value, fileProblems, path);
      }

      @Override
      public Object merge(Object base, @Nullable Object over) {
        return over == null ? base : merge.apply(base, over);
      }
    };
  }

  /// A mapping with known keys, merged key by key.
  static Struct struct(Map<String, Field> fields) {
    return new Struct(fields);
  }

  /// A list of mappings; later files add to it.
  static Field listOf(Field item) {
    return field(
        (value, fileProblems, path) -> each(value, item, fileProblems, path), Fields::append);
  }

  static List<Object> each(Object value, Field item, FileProblems fileProblems, String path) {
    List<Object> out = new ArrayList<>();
    int index = 0;
    for (Object entry : Values.list(value)) {
      String at = Paths.item(path, index++);
      Object read = entry == null ? null : item.read(entry, fileProblems, at);
      if (read != null) {
        out.add(read);
      }
    }
    return out;
  }

  static Object append(Object base, Object over) {
    List<Object> out = new ArrayList<>((List<?>) base);
    out.addAll((List<?>) over);
    return out;
  }

  static Object overlay(Object base, Object over) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>(Values.map(base));
    out.putAll(Values.map(over));
    return out;
  }

  private static Object environment(Object base, Object over) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>(Values.map(base));
    Values.map(over)
        .forEach((name, value) -> {
          if (Values.text(out.get(name)).isEmpty() || !Values.text(value).isEmpty()) {
            out.put(name, value);
          }
        });
    return out;
  }

  private static List<Object> texts(Object value, FileProblems fileProblems, String path) {
    Field keep = (item, _, _) -> Values.text(item);
    return each(value, keep, fileProblems, path);
  }

  /// @param unset whether a name without a value differs from one with an empty value
  static Map<String, @Nullable Object> pairs(Object value, boolean unset) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    if (value instanceof Map) {
      Values.map(value)
          .forEach((name, item) -> out.put(name, item == null && unset ? null : Values.text(item)));
    }
    for (Object item : Values.list(value)) {
      String text = Values.text(item);
      int cut = text.indexOf('=');
      if (cut < 0) {
        out.put(text, unset ? null : "");
      } else {
        out.put(text.substring(0, cut), text.substring(cut + 1));
      }
    }
    return out;
  }

  private static Field parsed(ToLongFunction<String> parser, boolean zero) {
    Function<Long, @Nullable Object> keep = number -> zero ? number : nonZero(number);
    return (value, fileProblems, path) -> {
      try {
        return keep.apply(parser.applyAsLong(Values.text(value)));
      } catch (IllegalArgumentException e) {
        fileProblems.at(path, "`%s`: %s".formatted(Values.text(value), e.getMessage()));
        return null;
      }
    };
  }

  private static @Nullable Object nonZero(@Nullable Long number) {
    return number == null || number == 0 ? null : number;
  }

  private static @Nullable Long integer(Object value) {
    return value instanceof Number number ? (Long) number.longValue() : null;
  }

  private static @Nullable Long unsigned(Object value, FileProblems fileProblems, String path) {
    Long number = integer(value);
    if (number == null || number < 0) {
      fileProblems.at(path, "%s (expected: >= 0)".formatted(Values.text(value)));
      return null;
    }
    return number;
  }

  /// A mapping with known keys; unknown ones were refused or are printed back (`x-`).
  record Struct(Map<String, Field> fields) implements Field {
    @Override
    public Map<String, Object> read(Object value, FileProblems fileProblems, String path) {
      Map<String, Object> out = new LinkedHashMap<>();
      Values.map(value)
          .forEach((key, item) -> {
            Field field = key.startsWith("x-") ? fields.getOrDefault(key, RAW) : fields.get(key);
            Object read =
                field == null || item == null
                    ? null
                    : field.read(item, fileProblems, Paths.key(path, key));
            if (read != null) {
              out.put(key, read);
            }
          });
      return out;
    }

    @Override
    public Map<String, Object> merge(Object base, @Nullable Object over) {
      Map<String, Object> out = new LinkedHashMap<>();
      Map<String, @Nullable Object> overrides = Values.map(over);
      Values.map(base)
          .forEach((key, value) -> {
            if (value != null) {
              out.put(key, fields.getOrDefault(key, RAW).merge(value, overrides.get(key)));
            }
          });
      overrides.forEach((key, value) -> {
        if (value != null) {
          out.putIfAbsent(key, value);
        }
      });
      return out;
    }
  }
}
