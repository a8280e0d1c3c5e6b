package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.term.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A question before something changes.
final class Confirmation {
  private Confirmation() {}

  /// Asks, unless the user has said yes beforehand.
  ///
  /// @throws UserError if the reply is no, or there is nobody to ask
  static void need(boolean yes, List<String> lines, String question) {
    if (yes) {
      return;
    }
    Optional<String> reply = Terminal.ask(lines, question + " [y/N] ");
    if (reply.isEmpty()) {
      throw new UserError(
          "--yes: not given, and no terminal to ask at (expected: --yes); it would "
              + String.join("; ", lines));
    }
    if (!isYes(reply)) {
      throw new UserError("nothing was changed: the reply was no");
    }
  }

  /// Asks at a terminal; goes on without one, for what neither costs nor destroys anything.
  ///
  /// @throws UserError if the reply is no
  static void offer(boolean yes, String question) {
    Optional<String> reply = yes ? Optional.empty() : Terminal.ask(List.of(), question + " [y/N] ");
    if (reply.isPresent() && !isYes(reply)) {
      throw new UserError("nothing was changed: the reply was no");
    }
  }

  static boolean isYes(Optional<String> reply) {
    return reply
        .map(text -> text.strip().toLowerCase(Locale.ROOT))
        .filter(text -> text.equals("y") || text.equals("yes"))
        .isPresent();
  }
}
