package dev.weir.swarm.app;

import dev.weir.base.UserError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A port of a container that is open to other machines.
///
/// @param address the machine's address that it is bound to; empty for all
/// @param published the machine's port; 0 for one that the Engine chooses
/// @param target the container's port
/// @param protocol `tcp`, `udp` or `sctp`
public record PublishedPort(String address, int published, int target, String protocol) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:(?:(\\[[0-9a-fA-F:.]+]|[0-9.]+):)?([0-9]{0,5}):)?([0-9]{1,5})(?:/(tcp|udp|sctp))?");

  /// Reads `8080:80`, `127.0.0.1:8080:80`, `80`, each with `/udp` or the like.
  public static PublishedPort parse(String typed) {
    Matcher text = TEXT.matcher(typed.strip());
    if (!text.matches()) {
      throw refused(typed);
    }
    String address = text.group(1) == null ? "" : text.group(1).replaceAll("[\\[\\]]", "");
    String published = text.group(2) == null || text.group(2).isEmpty() ? "0" : text.group(2);
    int from = Integer.parseInt(published);
    int target = Integer.parseInt(text.group(3));
    if (from > 65_535 || target < 1 || target > 65_535) {
      throw refused(typed);
    }
    return new PublishedPort(address, from, target, text.group(4) == null ? "tcp" : text.group(4));
  }

  /// As the Engine names the container's side, such as `80/tcp`.
  String targetName() {
    return target + "/" + protocol;
  }

  private static UserError refused(String typed) {
    return new UserError(
        "--publish: %s (expected: [ADDRESS:]PORT:CONTAINER-PORT[/udp], such as 8080:80)"
            .formatted(typed));
  }
}
