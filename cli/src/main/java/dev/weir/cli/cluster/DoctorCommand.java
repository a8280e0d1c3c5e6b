package dev.weir.cli.cluster;

import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.ExitCode;
import dev.weir.cluster.doctor.Diagnosis;
import dev.weir.cluster.doctor.Doctor;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.reading.Gathering;
import dev.weir.term.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir cluster doctor`.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    header = "Find out what is wrong with a swarm, how bad it is, and how to mend it.",
    description = {
      "Works with any swarm, and changes nothing. A manager's Engine shows part of it. With SSH to the",
      "nodes (--cluster, or --ssh) it also tries the ports between them, and reads clocks, disks,",
      "certificates and firewalls. It lists what it could not see.",
      "Exits with 0 if nothing is worse than a note, and with 4 if something is."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir cluster doctor",
      "  weir cluster doctor --ssh admin@10.0.0.4,admin@10.0.0.5",
      "  weir cluster doctor --context lab --checks quorum,nodes --json"
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private DoctorHosts hosts;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private DoctorChecks checks;

  @Option(names = "--json", description = "Print JSON, which docs/doctor.md describes.")
  private boolean json;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() {
    Doctor doctor = checks.doctor();
    var steps = new DoctorProgress(terminal);
    Facts facts =
        new Gathering(
                engine::connect,
                hosts.targets(engine.cluster()),
                engine.cluster().flatMap(DoctorOutside::of),
                steps::show)
            .gather();
    Diagnosis diagnosis = doctor.examine(facts);
    terminal.clear();
    if (json) {
      terminal.print(diagnosis.json());
    } else {
      new DoctorText(diagnosis, terminal).lines().forEach(terminal::print);
    }
    return diagnosis.isHealthy() ? ExitCode.OK : ExitCode.FINDINGS;
  }
}
