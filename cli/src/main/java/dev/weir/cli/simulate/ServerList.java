package dev.weir.cli.simulate;

import dev.weir.sim.ServerSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads simulated replicas, such as `4` or `3x1.0,1x0.4x2` (count, speed, cores).
final class ServerList {
  static final String NUMBER = "[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+";
  private static final Pattern GROUP =
      Pattern.compile("([0-9]{1,4})(?:x(%s)(?:x(%s|inf))?)?".formatted(NUMBER, NUMBER));

  private ServerList() {}

  /// The replicas that `text` lists.
  static List<ServerSpec> parse(String text) {
    List<ServerSpec> servers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher group = GROUP.matcher(part.strip());
      if (!group.matches()) {
        throw refused("--replicas", text, "COUNT or COUNTxSPEEDxCORES, as in 4 or 3x1.0,1x0.4x2");
      }
      servers.addAll(Collections.nCopies(Integer.parseInt(group.group(1)), server(group)));
    }
    return servers;
  }

  /// The replica with the speed and cores in `text`; empty if it cannot be read.
  static Optional<ServerSpec> one(String text) {
    Matcher group = GROUP.matcher("1x" + text.strip());
    return group.matches() ? Optional.of(server(group)) : Optional.empty();
  }

  private static ServerSpec server(Matcher group) {
    double speed = group.group(2) == null ? 1 : Double.parseDouble(group.group(2));
    return ServerSpec.of(speed, cores(group.group(3)));
  }

  private static double cores(@Nullable String text) {
    if (text == null) {
      return 1;
    }
    return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  static IllegalArgumentException refused(String option, String value, String expected) {
    return new IllegalArgumentException("%s: %s (expected: %s)".formatted(option, value, expected));
  }
}
