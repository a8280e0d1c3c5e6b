package dev.weir.cli.swarm;

import dev.weir.base.UserError;
import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.ExitCode;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.nodes.SwarmMembership;
import dev.weir.term.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir swarm join`.
@Command(
    name = "join",
    mixinStandardHelpOptions = true,
    header = "Join a swarm.",
    description = {
      "The token decides between worker and manager. It is a secret: give it in a file, on",
      "standard input or in WEIR_JOIN_TOKEN rather than as an argument, which every user of the",
      "machine can read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir swarm join 10.0.0.4 --token-file token",
      "  ssh manager weir swarm token worker | weir swarm join 10.0.0.4:2377 --token-file -"
    })
final class SwarmJoinCommand implements Callable<Integer> {
  private static final String VARIABLE = "WEIR_JOIN_TOKEN";
  private static final int TOKEN_BYTES_MAX = 4096;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Parameters(
      paramLabel = "HOST[:PORT]",
      description = "A manager of the swarm; port 2377 unless given.")
  private String remote = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token; - is standard input. Default: $WEIR_JOIN_TOKEN.")
  private @Nullable String tokenFile;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "The token itself; every user of the machine can read it.")
  private @Nullable String token;

  @Option(
      names = "--advertise-addr",
      paramLabel = "ADDRESS",
      description =
          "Address or interface at which other machines reach this one. Default: the address from"
              + " which it reaches the manager.")
  private @Nullable String advertise;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() {
    String secret = secret();
    try (Engine connected = engine.connect()) {
      new SwarmMembership(connected).join(remote, secret, Optional.ofNullable(advertise));
      terminal.print("%s has joined the swarm of %s".formatted(connected.address(), remote));
      return ExitCode.OK;
    }
  }

  private String secret() {
    if (token != null && tokenFile != null) {
      throw new UserError("--token, --token-file: both given (expected: one of them)");
    }
    if (token != null) {
      return token;
    }
    String variable = System.getenv(VARIABLE);
    if (tokenFile == null && (variable == null || variable.isEmpty())) {
      throw new UserError(
          "--token-file: not given (expected: a file, or - for standard input; 'weir swarm token"
              + " worker' on a manager prints the token)");
    }
    return tokenFile == null ? variable : read(tokenFile);
  }

  private static String read(String file) {
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      return new String(in.readNBytes(TOKEN_BYTES_MAX), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UserError("--token-file: %s (expected: a readable file; %s)".formatted(file, e), e);
    }
  }
}
