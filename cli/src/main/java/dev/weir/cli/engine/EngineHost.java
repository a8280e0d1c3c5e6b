package dev.weir.cli.engine;

import dev.weir.cli.option.HelpSection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which Docker Engine is asked, beside options of which `-H` is one.
@HelpSection("Engine")
public final class EngineHost extends EngineAccess {
  @Option(names = "--host", paramLabel = "URL", description = HOST)
  private @Nullable String host;

  @Override
  @Nullable String host() {
    return host;
  }
}
