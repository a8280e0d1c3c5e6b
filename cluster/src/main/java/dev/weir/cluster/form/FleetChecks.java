package dev.weir.cluster.form;

import dev.weir.cluster.host.Finding;
import dev.weir.cluster.host.HostFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What machines must not have in common, and what they had better.
final class FleetChecks {
  private FleetChecks() {}

  static List<Finding> of(List<Site> sites) {
    var findings = new ArrayList<Finding>();
    doubled(sites, site -> site.facts().hostname())
        .forEach((hostname, hosts) ->
            findings.add(
                Finding.fault(
                    hosts,
                    "hostname",
                    "all are called " + hostname,
                    "give each its own: sudo hostnamectl set-hostname NAME; or it is one machine,"
                        + " named twice")));
    doubled(sites, Site::address)
        .forEach((address, hosts) ->
            findings.add(
                Finding.fault(
                    hosts, "address", "all have " + address, "choose others: --advertise-addr")));
    Map<String, List<String>> versions = grouped(sites, FleetChecks::version);
    versions.remove("");
    if (versions.size() > 1) {
      findings.add(
          Finding.warning(
              "all",
              "engine versions",
              versions.entrySet().stream()
                  .map(each -> each.getKey() + " on " + String.join(", ", each.getValue()))
                  .collect(Collectors.joining("; ")),
              "update the older ones; a swarm of several versions works, and offers what the"
                  + " oldest manager has"));
    }
    firewalls(sites, findings);
    return findings;
  }

  private static void firewalls(List<Site> sites, List<Finding> findings) {
    for (Site site : sites) {
      List<String> peers =
          sites.stream().filter(other -> !other.equals(site)).map(Site::address).toList();
      site.facts()
          .one("firewall")
          .filter(_ -> !peers.isEmpty())
          .ifPresent(firewall ->
              findings.add(
                  Finding.warning(
                      site.name(),
                      "firewall",
                      firewall + " is active; it must let the other nodes in",
                      Ports.opening(
                          site.facts().one("firewall"), Ports.of(site.isManager()), peers))));
    }
  }

  private static String version(Site site) {
    HostFacts facts = site.facts();
    return facts.dockerVersion().map(found -> found.replaceFirst("\\.[0-9]+$", "")).orElse("");
  }

  private static Map<String, String> doubled(List<Site> sites, Function<Site, String> of) {
    var doubled = new TreeMap<String, String>();
    grouped(sites, of)
        .forEach((value, hosts) -> {
          if (hosts.size() > 1 && !value.isEmpty()) {
            doubled.put(value, String.join(", ", hosts));
          }
        });
    return doubled;
  }

  private static Map<String, List<String>> grouped(List<Site> sites, Function<Site, String> of) {
    return sites.stream()
        .collect(
            Collectors.groupingBy(
                of, TreeMap::new, Collectors.mapping(Site::name, Collectors.toList())));
  }
}
