package dev.weir.cli.engine;

import dev.weir.cli.option.HelpSection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which Docker Engine is asked, for commands where `-H` means something else.
@HelpSection("Engine")
public final class EngineHost extends EngineAccess {
  @Option(names = "--host", paramLabel = "URL", description = HOST)
  private @Nullable String host;

  @Override
  @Nullable String host() {
    return host;
  }
}
