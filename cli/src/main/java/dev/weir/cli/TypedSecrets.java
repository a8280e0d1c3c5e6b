package dev.weir.cli;

import dev.weir.base.Secrets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Removes secrets from messages: a library may quote a value that it cannot read, typed by the
/// user or set in the environment.
final class TypedSecrets {
  /// A shorter text may be in any message by chance.
  private static final int LENGTH_MIN = 4;

  private static final Set<String> HEADERS = Set.of("-H", "--header");
  private static final String BODY = "--body";
  private static final Pattern ENGINE = Pattern.compile("(?:unix|tcp|https?|ssh|ftp|fd|npipe)://");
  private static final Pattern ADDRESS = Pattern.compile("://|@|\\?");

  private TypedSecrets() {}

  /// The message with each of these texts hidden.
  static String hidden(String message, List<String> words) {
    String shown = message;
    for (Typed typed : typed(words)) {
      if (typed.text.length() >= LENGTH_MIN) {
        shown = shown.replace(typed.text, typed.shown);
      }
    }
    return shown;
  }

  /// The longest first, because one may contain another.
  private static List<Typed> typed(List<String> words) {
    var found = new ArrayList<Typed>();
    String before = "";
    for (String word : words) {
      of(before, word).ifPresent(found::add);
      before = word;
    }
    Stream.of("WEIR_MONGO_URI", "DOCKER_HOST")
        .map(System::getenv)
        .flatMap(Stream::ofNullable)
        .forEach(value -> found.add(new Typed(value, Secrets.address(value))));
    found.sort(Comparator.comparingInt((Typed one) -> one.text.length()).reversed());
    return found;
  }

  private static Optional<Typed> of(String before, String word) {
    if (HEADERS.contains(before)) {
      return Optional.of(new Typed(word, headerOrEngine(word)));
    }
    if (before.equals(BODY)) {
      return body(word);
    }
    if (word.startsWith("-H")) {
      String line = word.substring(word.startsWith("-H=") ? 3 : 2);
      return Optional.of(new Typed(line, headerOrEngine(line)));
    }
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    String name = equals < 0 ? "" : word.substring(0, equals);
    String value = word.substring(equals + 1);
    return switch (name) {
      case "--header" -> Optional.of(new Typed(value, Secrets.header(value)));
      case BODY -> body(value);
      default ->
          ADDRESS.matcher(value).find()
              ? Optional.of(new Typed(value, Secrets.address(value)))
              : Optional.empty();
    };
  }

  /// In some commands `-H` is the address of an engine.
  private static String headerOrEngine(String word) {
    return ENGINE.matcher(word).lookingAt() ? Secrets.address(word) : Secrets.header(word);
  }

  private static Optional<Typed> body(String value) {
    return value.startsWith("@") ? Optional.empty() : Optional.of(new Typed(value, Secrets.HIDDEN));
  }

  /// A text that was typed, and its replacement.
  private record Typed(String text, String shown) {}
}
