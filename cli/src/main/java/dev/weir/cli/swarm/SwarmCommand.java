package dev.weir.cli.swarm;

import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.CommandGroup;
import dev.weir.cli.option.ExitCode;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.nodes.SwarmMembership;
import dev.weir.swarm.nodes.SwarmStatus;
import dev.weir.term.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir swarm`: makes, joins and leaves a swarm.
@Command(
    name = "swarm",
    mixinStandardHelpOptions = true,
    header = "Make, join and leave a swarm, and show its state.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir swarm init",
      "  weir swarm token worker > token",
      "  weir swarm join 10.0.0.4 --token-file token",
      "  weir swarm status"
    },
    subcommands = {
      CommandLine.HelpCommand.class,
      SwarmCommand.Init.class,
      SwarmJoinCommand.class,
      SwarmCommand.Leave.class,
      SwarmStatusCommand.class,
      SwarmCommand.Token.class,
    })
public final class SwarmCommand extends CommandGroup {
  /// `weir swarm init`.
  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      header = "Make a swarm of this machine alone, as its first manager.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir swarm init", "  weir swarm init --advertise-addr 10.0.0.4"})
  static final class Init implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private EngineOptions engine;

    @Option(
        names = "--advertise-addr",
        paramLabel = "ADDRESS",
        description =
            "Address or interface at which other machines reach this one. Default: the machine's"
                + " only address.")
    private @Nullable String advertise;

    @Option(
        names = "--listen-addr",
        paramLabel = "ADDRESS[:PORT]",
        description = "Where the manager listens. Default: 0.0.0.0:2377.")
    private @Nullable String listen;

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      try (Engine connected = engine.connect()) {
        new SwarmMembership(connected)
            .init(Optional.ofNullable(advertise), Optional.ofNullable(listen));
        SwarmStatus status = SwarmStatus.of(connected);
        String address =
            status.managers().isEmpty() ? status.address() : status.managers().getFirst();
        terminal.print("node       " + status.nodeId());
        terminal.print("address    " + address);
        terminal.report("to add a machine: run 'weir swarm token worker > FILE' here, and");
        terminal.report("'weir swarm join %s --token-file FILE' there".formatted(address));
        return ExitCode.OK;
      }
    }
  }

  /// `weir swarm leave`.
  @Command(
      name = "leave",
      mixinStandardHelpOptions = true,
      header = "Leave the swarm.",
      description =
          "A worker can always leave. When the last manager leaves, the swarm and its services"
              + " end.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir swarm leave", "  weir swarm leave --force"})
  static final class Leave implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private EngineOptions engine;

    @Option(names = "--force", description = "Leave even as a manager.")
    private boolean force;

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      try (Engine connected = engine.connect()) {
        new SwarmMembership(connected).leave(force);
        terminal.print("%s has left the swarm".formatted(connected.address()));
        return ExitCode.OK;
      }
    }
  }

  /// `weir swarm token`.
  @Command(
      name = "token",
      mixinStandardHelpOptions = true,
      header = "Print the token for joining the swarm.",
      description =
          "A machine with the token can join, and sees the secrets of all services that run on it.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  weir swarm token worker > token",
        "  weir swarm token worker | ssh worker-1 weir swarm join 10.0.0.4 --token-file -",
        "  weir swarm token manager --rotate"
      })
  static final class Token implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private EngineOptions engine;

    @Parameters(paramLabel = "worker|manager", description = "Role of the new machine.")
    private SwarmMembership.Role role = SwarmMembership.Role.WORKER;

    @Option(names = "--rotate", description = "Make a new token; the old one stops working.")
    private boolean rotate;

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      try (Engine connected = engine.connect()) {
        var membership = new SwarmMembership(connected);
        terminal.print(rotate ? membership.rotatedToken(role) : membership.token(role));
        return ExitCode.OK;
      }
    }
  }
}
