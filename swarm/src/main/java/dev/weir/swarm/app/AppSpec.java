package dev.weir.swarm.app;

import dev.weir.base.UserError;
import java.util.List;
import java.util.regex.Pattern;

/// What shall run.
///
/// @param image such as `nginx:1.27`
/// @param name of the container or service
/// @param ports what the outside reaches
/// @param environment `NAME=VALUE`
/// @param arguments of the image's program; none leaves its own
public record AppSpec(
    String image,
    String name,
    List<PublishedPort> ports,
    List<String> environment,
    List<String> arguments) {
  /// The label by which `weir app ls` and `rm` know their own.
  static final String LABEL = "dev.weir.app";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");
  private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_./:@-]{0,511}");

  /// Checks what the Engine would refuse in words of its own.
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
        // Without a name all of it is a value, which may be a secret.
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
