package dev.weir.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A decision about a service's number of replicas, as an event of a run records it.
///
/// @param before how many were asked for until then
/// @param replicas how many it asks for
/// @param words what came of it, and why
public record ScaleDecided(int before, int replicas, String words) {
  /// The kind of such an event; its subject is the service.
  public static final String KIND = "scale-decided";

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,6}) -> ([0-9]{1,6}) replicas, (.*)", Pattern.DOTALL);

  /// As an event has it, such as `2 -> 4 replicas, scaled: ...`.
  public String text() {
    return "%d -> %d replicas, %s".formatted(before, replicas, words);
  }

  /// Reads an event; empty if it is another one.
  public static Optional<ScaleDecided> of(RunEvent event) {
    Matcher form = FORM.matcher(event.text());
    return event.kind().equals(KIND) && form.matches()
        ? Optional.of(
            new ScaleDecided(
                Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), form.group(3)))
        : Optional.empty();
  }
}
