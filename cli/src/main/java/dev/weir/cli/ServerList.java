package dev.weir.cli;

import dev.weir.sim.Change;
import dev.weir.sim.ServerSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads simulated replicas, such as `4` or `3x1.0,1x0.4x2` (count, speed, cores), and what happens
/// to them, such as `100s:1=0.5`.
final class ServerList {
  private static final String NUMBER = "[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+";
  private static final Pattern GROUP =
      Pattern.compile("([0-9]{1,4})(?:x(%s)(?:x(%s|inf))?)?".formatted(NUMBER, NUMBER));
  private static final Pattern CHANGE =
      Pattern.compile("([^:]+):([0-9]{1,4})=(%s)".formatted(NUMBER));

  private ServerList() {}

  /// The replicas that `text` lists.
  static List<ServerSpec> parse(String text) {
    List<ServerSpec> servers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher group = GROUP.matcher(part.strip());
      if (!group.matches()) {
        throw refused("--replicas", text, "COUNT or COUNTxSPEEDxCORES, as in 4 or 3x1.0,1x0.4x2");
      }
      double speed = group.group(2) == null ? 1 : Double.parseDouble(group.group(2));
      double cores = cores(group.group(3));
      servers.addAll(
          Collections.nCopies(Integer.parseInt(group.group(1)), ServerSpec.of(speed, cores)));
    }
    return servers;
  }

  /// The change that `text` tells of; replicas are counted from 1.
  static Change change(String text) {
    Matcher change = CHANGE.matcher(text.strip());
    if (!change.matches() || change.group(2).equals("0")) {
      throw refused("--change", text, "TIME:REPLICA=SPEED, as in 100s:1=0.5; speed 0 is a crash");
    }
    double seconds = new DurationConverter().convert(change.group(1)).toNanos() / 1e9;
    return new Change(
        seconds, Integer.parseInt(change.group(2)) - 1, Double.parseDouble(change.group(3)));
  }

  private static double cores(@Nullable String text) {
    if (text == null) {
      return 1;
    }
    return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private static IllegalArgumentException refused(String option, String value, String expected) {
    return new IllegalArgumentException("%s: %s (expected: %s)".formatted(option, value, expected));
  }
}
