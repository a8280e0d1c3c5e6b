package dev.weir.cli.engine;

import dev.weir.cli.option.HelpSection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which Docker Engine is asked, as the docker command has it.
@HelpSection("Engine")
public final class EngineOptions extends EngineAccess {
  @Option(
      names = {"--host", "-H"},
      paramLabel = "URL",
      description = HOST)
  private @Nullable String host;

  @Override
  @Nullable String host() {
    return host;
  }
}
