package dev.weir.cluster.doctor.reading;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostFacts;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.ssh.SshException;
import dev.weir.ssh.SshSession;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds out everything about a swarm that the checks need, within about two minutes at most. It
/// changes nothing.
public final class Gathering {
  private static final Duration LOGIN_MAX = Duration.ofSeconds(15);
  private static final Duration HOST_MAX = Duration.ofSeconds(45);
  private static final String SOCKET = "/var/run/docker.sock";

  private final Supplier<Engine> engine;
  private final List<HostTarget> targets;
  private final Optional<PortExposure> exposure;
  private final Consumer<String> progress;

  /// @param engine connects to the Engine of the user's choice, or throws [EngineException]
  /// @param targets machines to log in to
  /// @param exposure rules of the surroundings, if there is a way to read them
  /// @param progress takes a few words at each step
  public Gathering(
      Supplier<Engine> engine,
      List<HostTarget> targets,
      Optional<PortExposure> exposure,
      Consumer<String> progress) {
    this.engine = engine;
    this.targets = List.copyOf(targets);
    this.exposure = exposure;
    this.progress = progress;
  }

  /// A machine with its connection, if it could be opened.
  private record Visited(HostTarget target, HostFacts facts, @Nullable SshSession session) {}

  /// What one Engine said, or why none did.
  private record Asked(Optional<EngineFacts> facts, String failure) {}

  /// Gathers.
  public Facts gather() {
    progress.accept("asking the Engine");
    Asked asked = ask(engine);
    if (!targets.isEmpty()) {
      progress.accept("logging in to " + targets.size() + " machines");
    }
    List<Visited> visited =
        Together.map(
            targets,
            HOST_MAX,
            Gathering::visit,
            target ->
                new Visited(
                    target,
                    HostReading.unreachable(target, target.name() + ": no result in time"),
                    null));
    try {
      return gather(asked, visited);
    } finally {
      visited.forEach(Gathering::close);
    }
  }

  private Facts gather(Asked asked, List<Visited> visited) {
    List<HostFacts> hosts = visited.stream().map(Visited::facts).toList();
    Asked manager = isOf(asked, hosts) ? asked : throughHosts(asked, visited);
    Facts facts = Facts.of(Instant.now(), manager.facts(), manager.failure(), hosts);
    List<Station> stations = stations(facts, visited);
    progress.accept("trying ports between " + stations.size() + " nodes");
    var ports = new ArrayList<>(TcpProbing.of(stations, facts.members()));
    ports.addAll(UdpProbing.of(stations, facts.dataPort()));
    progress.accept("trying ports from here");
    return outside(facts.with(ports, ApiProbing.of(facts.members())));
  }

  private Facts outside(Facts facts) {
    if (exposure.isEmpty()) {
      return facts;
    }
    progress.accept("reading the rules of the security group");
    try {
      return facts.withOutside(Optional.of(exposure.get().open()), "");
    } catch (IOException e) {
      return facts.withOutside(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private static Asked ask(Supplier<Engine> connect) {
    try (Engine connected = connect.get()) {
      return new Asked(Optional.of(EngineReading.of(connected)), "");
    } catch (EngineException e) {
      return new Asked(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private static boolean isManager(Asked asked) {
    return asked
        .facts()
        .map(facts ->
            facts.swarm().path("ControlAvailable").asBoolean(false)
                && !facts.refusals().containsKey("/nodes"))
        .orElse(false);
  }

  /// Whether it is a manager of the swarm to which the machines belong. An Engine that nobody
  /// named, such as this machine's own, may be in another.
  private static boolean isOf(Asked asked, List<HostFacts> hosts) {
    List<String> nodes =
        asked.facts().map(EngineFacts::nodes).orElse(List.of()).stream()
            .map(one -> one.node().id())
            .toList();
    List<String> ids = hosts.stream().flatMap(host -> host.id().stream()).toList();
    return isManager(asked) && (ids.isEmpty() || ids.stream().anyMatch(nodes::contains));
  }

  /// Another manager may respond where the chosen Engine does not.
  private Asked throughHosts(Asked first, List<Visited> visited) {
    for (Visited one : visited) {
      boolean manages =
          one.facts()
              .report()
              .flatMap(HostReport::info)
              .map(info -> info.path("Swarm").path("ControlAvailable").asBoolean(false))
              .orElse(false);
      SshSession session = one.session();
      if (manages && session != null) {
        progress.accept("asking the Engine of " + one.target().name());
        try {
          EngineAddress address = new EngineAddress.Unix(session.forward(SOCKET));
          Asked asked = ask(() -> Engine.connect(address));
          if (isManager(asked)) {
            return asked;
          }
        } catch (SshException e) {
          progress.accept(HostReading.message(e));
        }
      }
    }
    return first;
  }

  private static Visited visit(HostTarget target) {
    SshSession session = null;
    try {
      session = SshSession.open(target.login(), LOGIN_MAX);
      HostFacts facts = HostReading.of(target, session::run);
      return new Visited(target, facts, session);
    } catch (SshException e) {
      return new Visited(target, HostReading.unreachable(target, HostReading.message(e)), session);
    }
  }

  private static void close(Visited visited) {
    SshSession session = visited.session();
    if (session != null) {
      session.close();
    }
  }

  private static List<Station> stations(Facts facts, List<Visited> visited) {
    var stations = new ArrayList<Station>();
    for (Member member : facts.members()) {
      for (Visited one : visited) {
        SshSession session = one.session();
        boolean isIt =
            member.report().isPresent() && member.host().equals(Optional.of(one.facts()));
        if (isIt && session != null && !member.address().isEmpty()) {
          stations.add(new Station(member, session::run));
        }
      }
    }
    return List.copyOf(stations);
  }
}
