package dev.weir.ssh;

import dev.weir.base.UserError;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where an SSH server listens, and whose account to use there. What is absent comes from the
/// user's `ssh_config`, or is the default of the OpenSSH client.
///
/// @param user the account
/// @param host a name, an address without brackets, or a `Host` of `ssh_config`
/// @param port of TCP
public record SshAddress(Optional<String> user, String host, OptionalInt port) {
  private static final int PORT_MAX = 65_535;

  /// Words that the OpenSSH client takes for a user and a host. None begins with a dash, which
  /// would make it an option.
  private static final Pattern FORM =
      Pattern.compile(
          "(?:([A-Za-z0-9_][A-Za-z0-9_.\\\\@+-]{0,63}\\$?)@)?"
              + "(?:\\[([0-9A-Fa-f:.]+(?:%[A-Za-z0-9_.-]+)?)]|([A-Za-z0-9_][A-Za-z0-9_.-]{0,252}))"
              + "(?::([0-9]{1,5}))?");

  /// Reads `host`, `user@host`, `user@host:port` or `user@[address of version 6]:port`.
  ///
  /// @param setting what holds the text, for messages
  /// @throws UserError if it is no such address
  public static SshAddress parse(String text, String setting) {
    Matcher parts = FORM.matcher(text.strip());
    int port = 0;
    if (parts.matches() && parts.group(4) != null) {
      port = Integer.parseInt(parts.group(4));
    }
    if (!parts.matches() || (parts.group(4) != null && (port < 1 || port > PORT_MAX))) {
      throw new UserError(
          "%s: %s (expected: [USER@]HOST[:PORT], as in admin@10.0.0.4)".formatted(setting, text));
    }
    String bracketed = parts.group(2);
    return new SshAddress(
        Optional.ofNullable(parts.group(1)),
        bracketed == null ? parts.group(3) : bracketed,
        port == 0 ? OptionalInt.empty() : OptionalInt.of(port));
  }

  /// The text that [#parse] reads.
  @Override
  public String toString() {
    return user.map(name -> name + "@").orElse("")
        + (host.contains(":") ? "[" + host + "]" : host)
        + (port.isPresent() ? ":" + port.getAsInt() : "");
  }
}
