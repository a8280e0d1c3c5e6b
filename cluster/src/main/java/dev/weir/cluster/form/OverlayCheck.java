package dev.weir.cluster.form;

import dev.weir.cluster.host.Parallel;
import dev.weir.cluster.host.Parallel.Outcome;
import dev.weir.cluster.host.Probe;
import dev.weir.cluster.host.Probe.Sent;
import dev.weir.cluster.host.Waits;
import dev.weir.ssh.SshException;
import dev.weir.swarm.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Sends 9,000 bytes between each two nodes on an overlay network, and compares what comes back.
/// Small packets pass where large ones get lost, so a swarm can look healthy and transfer nothing.
final class OverlayCheck {
  private static final int SMALL = 100;
  private static final int LARGE = 9000;
  private static final String TARGET = "tcp:4000";
  private static final int SERVE_SECONDS = 120;
  private static final int SEND_SECONDS = 3;
  private static final Duration ALL_MAX = Duration.ofSeconds(30);
  private static final Duration GONE_MAX = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Engine manager;
  private final Waits waits;
  private final Map<Site, CheckContainer> containers = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  OverlayCheck(Engine manager, List<Site> sites, Engines engines, Waits waits) throws SshException {
    this.manager = manager;
    this.waits = waits;
    for (Site site : sites) {
      Optional<Probe> probe = Probe.of(site.facts());
      if (probe.isPresent()) {
        containers.put(
            site, new CheckContainer(engines.of(site.host()), site.facts(), probe.get()));
      } else {
        notes.add(
            "%s: unknown whether 9,000 bytes pass: it has no python3 or perl"
                .formatted(site.name()));
      }
    }
  }

  /// Checks, and removes all that it made.
  ///
  /// @return what could not be checked
  /// @throws FormException naming the pairs between which bytes get lost
  List<String> run() throws FormException {
    if (containers.size() > 1) {
      clean();
      try {
        network();
        all((_, container) -> {
          container.prepare();
          return "";
        });
        exchange();
      } finally {
        clean();
      }
    }
    return notes;
  }

  private void network() {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("Name", CheckContainer.NAME).put("Driver", "overlay").put("Attachable", true);
    manager.post("/networks/create", Map.of(), body);
  }

  private void exchange() throws FormException {
    Map<Site, String> addresses = all((_, container) -> container.serve(SERVE_SECONDS, TARGET));
    var lost = new ArrayList<String>();
    // A network needs a moment to be known on all nodes.
    boolean passed =
        waits.<FormException>until(
            ALL_MAX,
            LOOK_EVERY,
            () -> {
              lost.clear();
              lost.addAll(
                  lost(addresses, all((site, container) -> send(site, container, addresses))));
              return lost.isEmpty();
            });
    if (!passed) {
      throw new FormException(String.join("\n", lost));
    }
  }

  private static String send(Site from, CheckContainer container, Map<Site, String> addresses)
      throws Exception {
    List<String> others =
        addresses.entrySet().stream()
            .filter(each -> !each.getKey().equals(from))
            .map(Map.Entry::getValue)
            .toList();
    return container.send(SEND_SECONDS, SMALL + "," + LARGE, others, TARGET);
  }

  /// A line for each pair between which something gets lost.
  static List<String> lost(Map<Site, String> addresses, Map<Site, String> printed) {
    var lost = new ArrayList<String>();
    for (Site from : addresses.keySet()) {
      List<Sent> sent = Probe.sent(printed.getOrDefault(from, ""));
      for (Site to : addresses.keySet()) {
        if (!to.equals(from)) {
          verdict(from, to, sent, addresses.getOrDefault(to, "")).ifPresent(lost::add);
        }
      }
    }
    return lost;
  }

  private static Optional<String> verdict(Site from, Site to, List<Sent> sent, String address) {
    Map<Integer, String> results =
        sent.stream()
            .filter(one -> one.address().equals(address))
            .collect(Collectors.toMap(Sent::bytes, Sent::result, (first, _) -> first));
    String small = results.getOrDefault(SMALL, "no result");
    String large = results.getOrDefault(LARGE, "no result");
    if (small.equals("ok") && large.equals("ok")) {
      return Optional.empty();
    }
    String pair = from.name() + " -> " + to.name();
    return Optional.of(
        small.equals("ok")
            ? ("%s: 100 bytes pass on an overlay, 9,000 do not (%s): packets are larger than the"
                    + " network's MTU (make overlays with a smaller one, as in driver_opts"
                    + " com.docker.network.driver.mtu: 1400, or on both: sudo ethtool -K CARD"
                    + " tx-checksum-ip-generic off)")
                .formatted(pair, large)
            : "%s: nothing passes on an overlay (%s): open 4789/udp between %s and %s"
                .formatted(pair, small, from.address(), to.address()));
  }

  private void clean() {
    Parallel.each(List.copyOf(containers.values()), OverlayCheck::cleaned);
    // Its last node lets go a moment after the container is gone.
    boolean _ =
        waits.until(
            GONE_MAX,
            LOOK_EVERY,
            () -> {
              CheckContainer.quietly(
                  () -> manager.delete("/networks/" + CheckContainer.NAME, Map.of()));
              return manager
                  .list("/networks", Map.of(), network -> network.path("Name").asString(""))
                  .stream()
                  .noneMatch(CheckContainer.NAME::equals);
            });
  }

  private static boolean cleaned(CheckContainer container) {
    container.clean();
    return true;
  }

  /// Something for all nodes at once, which must succeed on each.
  @FunctionalInterface
  private interface OnNode {
    String of(Site site, CheckContainer container) throws Exception;
  }

  private Map<Site, String> all(OnNode task) throws FormException {
    var results = new LinkedHashMap<Site, String>();
    var outcomes =
        Parallel.each(
            List.copyOf(containers.entrySet()), each -> task.of(each.getKey(), each.getValue()));
    for (var outcome : outcomes) {
      switch (outcome) {
        case Outcome.Done<Map.Entry<Site, CheckContainer>, String>(var of, var result) ->
            results.put(of.getKey(), result);
        case Outcome.Failed<Map.Entry<Site, CheckContainer>, String>(var of, var why) ->
            throw new FormException(
                "%s: the check of overlays cannot run: %s"
                    .formatted(of.getKey().name(), why.getMessage()),
                why);
      }
    }
    return results;
  }
}
