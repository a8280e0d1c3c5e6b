package dev.weir.swarm.app;

import dev.weir.base.UserError;
import java.util.List;
import java.util.regex.Pattern;

/// What to run.
///
/// @param image such as `nginx:1.27`
/// @param name of the container or service
/// @param ports the published ports
/// @param environment `NAME=VALUE`
/// @param arguments for the image's program; empty for its own
public record AppSpec(
    String image,
    String name,
    List<PublishedPort> ports,
    List<String> environment,
    List<String> arguments) {
  /// The label by which `weir app ls` and `rm` find their apps.
  static final String LABEL = "dev.weir.app";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");
  private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_./:@-]{0,511}");

  /// Checks here what the Engine would refuse in its own words.
  public AppSpec {
    if (!IMAGE.matcher(image).matches()) {
      throw new UserError("IMAGE: %s (expected: such as nginx:1.27)".formatted(image));
    }
    if (!NAME.matcher(name).matches()) {
      throw new UserError(
          "--name: %s (expected: letters, digits, _ . and -, at most 63)".formatted(name));
    }
    for (String variable : environment) {
      if (variable.indexOf('=') < 1) {
        // Without a name the whole text is a value, which may be a secret.
        String shown = variable.startsWith("=") ? "=***" : variable;
        throw new UserError("--env: %s (expected: NAME=VALUE)".formatted(shown));
      }
    }
    ports = List.copyOf(ports);
    environment = List.copyOf(environment);
    arguments = List.copyOf(arguments);
  }

  /// The name for an image without one: its last part, without tag.
  public static String nameOf(String image) {
    String last = image.replaceFirst("@.*", "").replaceFirst(".*/", "").replaceFirst(":.*", "");
    String name = last.replaceAll("[^a-zA-Z0-9_.-]", "-").replaceFirst("^[^a-zA-Z0-9]+", "");
    return name.isEmpty() ? "app" : name;
  }
}
