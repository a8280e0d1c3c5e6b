package dev.weir.cli.stack;

import dev.weir.base.UserError;
import dev.weir.cli.option.HelpSection;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.swarm.stack.read.StackLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Option;

/// The option that says which Compose files a stack is made of.
@HelpSection("Files")
final class StackFiles {
  private static final int STANDARD_INPUT_BYTES_MAX = 1 << 20;

  @Option(
      names = {"-c", "--compose-file"},
      paramLabel = "FILE",
      required = true,
      split = ",",
      description =
          "A Compose file, or - for standard input. Repeatable: later files add to earlier ones"
              + " and override them.")
  private List<String> files = List.of();

  /// Loads the files as one stack.
  Stack load(boolean interpolate) {
    var loader = new StackLoader(System.getenv(), StackFiles::standardInput);
    return (interpolate ? loader : loader.withoutInterpolation()).load(files);
  }

  private static String standardInput() {
    try {
      byte[] text = System.in.readNBytes(STANDARD_INPUT_BYTES_MAX + 1);
      if (text.length > STANDARD_INPUT_BYTES_MAX) {
        throw new UserError("-c -: standard input is larger than 1 MiB (expected: a Compose file)");
      }
      return new String(text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserError("-c -: standard input cannot be read: " + e.getMessage(), e);
    }
  }
}
