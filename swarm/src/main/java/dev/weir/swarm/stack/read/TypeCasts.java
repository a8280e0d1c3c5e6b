package dev.weir.swarm.stack.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which values become numbers or booleans after a variable was replaced in them: a variable is
/// text, but `replicas: ${N}` means a number. The paths are those of the docker CLI; elsewhere text
/// stays text.
final class TypeCasts {
  /// Stands for any item of a list.
  static final String ITEM = "[]";

  private static final String ANY = "*";

  /// The target type of a text.
  private enum Cast {
    INTEGER,
    NUMBER,
    BOOLEAN
  }

  private static final Map<String, Cast> SERVICE =
      Map.ofEntries(
          Map.entry("configs [] mode", Cast.INTEGER),
          Map.entry("secrets [] mode", Cast.INTEGER),
          Map.entry("healthcheck retries", Cast.INTEGER),
          Map.entry("healthcheck disable", Cast.BOOLEAN),
          Map.entry("deploy replicas", Cast.INTEGER),
          Map.entry("deploy update_config parallelism", Cast.INTEGER),
          Map.entry("deploy update_config max_failure_ratio", Cast.NUMBER),
          Map.entry("deploy rollback_config parallelism", Cast.INTEGER),
          Map.entry("deploy rollback_config max_failure_ratio", Cast.NUMBER),
          Map.entry("deploy restart_policy max_attempts", Cast.INTEGER),
          Map.entry("deploy placement max_replicas_per_node", Cast.INTEGER),
          Map.entry("ports [] target", Cast.INTEGER),
          Map.entry("ports [] published", Cast.INTEGER),
          Map.entry("ulimits *", Cast.INTEGER),
          Map.entry("ulimits * hard", Cast.INTEGER),
          Map.entry("ulimits * soft", Cast.INTEGER),
          Map.entry("privileged", Cast.BOOLEAN),
          Map.entry("oom_score_adj", Cast.INTEGER),
          Map.entry("read_only", Cast.BOOLEAN),
          Map.entry("stdin_open", Cast.BOOLEAN),
          Map.entry("tty", Cast.BOOLEAN),
          Map.entry("volumes [] read_only", Cast.BOOLEAN),
          Map.entry("volumes [] volume nocopy", Cast.BOOLEAN));

  private static final Map<String, Cast> OTHERS =
      Map.of(
          "networks * external", Cast.BOOLEAN,
          "networks * internal", Cast.BOOLEAN,
          "networks * attachable", Cast.BOOLEAN,
          "volumes * external", Cast.BOOLEAN,
          "secrets * external", Cast.BOOLEAN,
          "configs * external", Cast.BOOLEAN);

  private TypeCasts() {}

  static Object cast(List<String> steps, String text) {
    Cast cast = castFor(steps);
    if (cast == null) {
      return text;
    }
    return switch (cast) {
      case INTEGER -> integer(text);
      case NUMBER -> number(text);
      case BOOLEAN -> bool(text);
    };
  }

  /// A value of the target type for a text that could not be converted, so that it is reported only
  /// once.
  static Object neutral(List<String> steps, String text) {
    return switch (castFor(steps)) {
      case null -> text;
      case INTEGER -> 0L;
      case NUMBER -> 0.0;
      case BOOLEAN -> false;
    };
  }

  private static @Nullable Cast castFor(List<String> steps) {
    if (steps.size() > 2 && steps.getFirst().equals("services")) {
      List<String> inside = new ArrayList<>(steps.subList(2, steps.size()));
      if (inside.getFirst().equals("ulimits") && inside.size() > 1) {
        inside.set(1, ANY);
      }
      return SERVICE.get(String.join(" ", inside));
    }
    if (steps.size() == 3) {
      return OTHERS.get(String.join(" ", steps.getFirst(), ANY, steps.getLast()));
    }
    return null;
  }

  private static long integer(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("`%s` (expected: an integer)".formatted(text), e);
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("`%s` (expected: a number)".formatted(text), e);
    }
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "y", "yes", "true", "on" -> true;
      case "n", "no", "false", "off" -> false;
      default ->
          throw new IllegalArgumentException("`%s` (expected: true or false)".formatted(text));
    };
  }
}
