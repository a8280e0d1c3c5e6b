package dev.weir.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many replicas a service has at one instant of a run, as an event records it.
///
/// @param desired how many it should have
/// @param running how many of these run
/// @param existing how many exist, for which somebody pays: those that start, run or still end
public record ReplicaCounts(int desired, int running, int existing) {
  /// The kind of such an event; its subject is the service.
  public static final String KIND = "replicas";

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,6}) wanted, ([0-9]{1,6}) running, ([0-9]{1,6}) in all");

  /// As an event has it, such as `4 wanted, 2 running, 4 in all`.
  public String text() {
    return "%d wanted, %d running, %d in all".formatted(desired, running, existing);
  }

  /// Reads an event; empty if it is another one.
  public static Optional<ReplicaCounts> of(RunEvent event) {
    Matcher form = FORM.matcher(event.text());
    return event.kind().equals(KIND) && form.matches()
        ? Optional.of(
            new ReplicaCounts(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3))))
        : Optional.empty();
  }
}
