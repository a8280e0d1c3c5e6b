package dev.weir.cluster.form;

import dev.weir.cluster.host.Finding;
import dev.weir.cluster.host.Parallel;
import dev.weir.cluster.host.Parallel.Outcome;
import dev.weir.cluster.host.Probe;
import dev.weir.cluster.host.Probe.Listening;
import dev.weir.cluster.host.Probe.Sent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Tries the swarm's ports between each two machines, with small programs that listen and send.
/// What a running engine holds already is only connected to: it sends nothing back over UDP.
final class PortChecks {
  private static final int BYTES = 20;
  private static final Listening NOTHING = new Listening(List.of(), List.of(), Optional.empty());

  private final List<Site> sites;
  private final Map<Site, Listening> listening = new LinkedHashMap<>();

  PortChecks(List<Site> sites) {
    this.sites = sites;
  }

  /// One finding for each pair with closed ports, and one for all that are open.
  List<Finding> run() {
    if (sites.size() < 2) {
      return List.of();
    }
    try {
      for (var outcome : Parallel.each(sites, PortChecks::listen)) {
        listening.put(
            outcome.of(),
            outcome instanceof Outcome.Done<Site, Listening>(_, var result) ? result : NOTHING);
      }
      return findings();
    } finally {
      Parallel.each(
          sites,
          site -> {
            Probe.stop(site.host(), listening.getOrDefault(site, NOTHING));
            return site;
          });
    }
  }

  private static Listening listen(Site site) throws Exception {
    Optional<Probe> probe = Probe.of(site.facts());
    return probe.isEmpty() ? NOTHING : probe.get().listen(site.host(), Ports.of(site.isManager()));
  }

  /// What is unknown for the same reason everywhere is one line.
  private static List<Finding> together(List<Finding> findings) {
    Map<String, Long> counts =
        findings.stream().collect(Collectors.groupingBy(Finding::found, Collectors.counting()));
    var seen = new HashSet<String>();
    var together = new ArrayList<Finding>();
    for (Finding one : findings) {
      long count = counts.getOrDefault(one.found(), 1L);
      if (one.isFault() || count == 1) {
        together.add(one);
      } else if (seen.add(one.found())) {
        together.add(Finding.unknown(count + " pairs", one.check(), one.found(), one.fix()));
      }
    }
    return together;
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    int open = 0;
    for (var outcome : Parallel.each(sites, this::send)) {
      switch (outcome) {
        case Outcome.Done<Site, List<Sent>>(var from, var sent) -> {
          for (Site to : others(from)) {
            List<Finding> pair = pair(from, to, sent);
            findings.addAll(pair);
            open += pair.isEmpty() ? 1 : 0;
          }
        }
        case Outcome.Failed<Site, List<Sent>>(var from, var why) ->
            findings.add(Finding.unknown(from.name(), "ports", "unknown: " + why.getMessage(), ""));
      }
    }
    findings = together(findings);
    if (open > 0) {
      findings.addFirst(
          Finding.ok(
              "each pair",
              "ports",
              "2377/tcp, 7946/tcp, 7946/udp, 4789/udp open: %d of %d pairs"
                  .formatted(open, sites.size() * (sites.size() - 1))));
    }
    return findings;
  }

  /// Sends from one machine to all others; a port that is busy there is only connected to.
  private List<Sent> send(Site from) throws Exception {
    Optional<Probe> probe = Probe.of(from.facts());
    var sent = new ArrayList<Sent>();
    if (probe.isEmpty()) {
      return sent;
    }
    var fresh = new TreeMap<String, List<String>>();
    var held = new TreeMap<String, List<String>>();
    for (Site to : others(from)) {
      Listening there = listening.getOrDefault(to, NOTHING);
      put(fresh, there.open(), to);
      put(held, there.busy().stream().filter(target -> target.startsWith("tcp")).toList(), to);
    }
    for (var each : fresh.entrySet()) {
      sent.addAll(
          probe.get().send(from.host(), BYTES, each.getValue(), List.of(each.getKey().split(","))));
    }
    for (var each : held.entrySet()) {
      sent.addAll(
          probe.get().send(from.host(), 0, each.getValue(), List.of(each.getKey().split(","))));
    }
    return sent;
  }

  private static void put(Map<String, List<String>> groups, List<String> targets, Site to) {
    if (!targets.isEmpty()) {
      groups.computeIfAbsent(String.join(",", targets), _ -> new ArrayList<>()).add(to.address());
    }
  }

  private List<Finding> pair(Site from, Site to, List<Sent> sent) {
    var closed = new ArrayList<String>();
    var unknown = new ArrayList<String>();
    var reasons = new ArrayList<String>();
    for (String target : Ports.of(to.isManager())) {
      Optional<Sent> result =
          sent.stream()
              .filter(one -> one.address().equals(to.address()) && one.target().equals(target))
              .findFirst();
      if (result.isEmpty()) {
        unknown.add(target);
      } else if (!result.get().isOk()) {
        closed.add(target);
        reasons.add("%s: %s".formatted(Ports.shown(target), result.get().result()));
      }
    }
    var findings = new ArrayList<Finding>();
    String pair = from.name() + " -> " + to.name();
    if (!closed.isEmpty()) {
      String fix =
          "on %s: %s"
              .formatted(
                  to.name(),
                  Ports.opening(to.facts().one("firewall"), closed, List.of(from.address())));
      findings.add(Finding.fault(pair, "ports", String.join(", ", reasons), fix));
    }
    if (!unknown.isEmpty()) {
      findings.add(Finding.unknown(pair, "ports", unknown(from, to, unknown), ""));
    }
    return findings;
  }

  private String unknown(Site from, Site to, List<String> targets) {
    boolean able = Probe.of(from.facts()).isPresent() && Probe.of(to.facts()).isPresent();
    return "unknown: %s (%s)"
        .formatted(
            Ports.shown(targets),
            able ? "in use by the engine there" : "needs python3 or perl on both machines");
  }

  private List<Site> others(Site from) {
    return sites.stream().filter(to -> !to.equals(from)).toList();
  }
}
