package dev.weir.cluster.form;

import dev.weir.cluster.host.HostFacts;
import dev.weir.cluster.host.HostFacts.Address;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// At which address the other machines reach a machine. Never guessed among several equal ones:
/// with a wrong one, nodes become Ready and their containers cannot talk.
sealed interface AdvertiseChoice {
  /// Addresses of private networks.
  Pattern PRIVATE =
      Pattern.compile(
          "10\\..*|192\\.168\\..*|172\\.(1[6-9]|2[0-9]|3[01])\\..*|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\..*");

  /// This one.
  record Chosen(Address address) implements AdvertiseChoice {}

  /// None, or several.
  record Unclear(String found, String fix) implements AdvertiseChoice {}

  /// Chooses what the user wants; else the only address, else the only private one.
  static AdvertiseChoice of(HostFacts facts, Optional<String> wanted, String host) {
    List<Address> all = facts.addresses();
    if (wanted.isPresent()) {
      return wanted(all, wanted.get(), host);
    }
    if (all.size() == 1) {
      return new Chosen(all.getFirst());
    }
    List<Address> inside = all.stream().filter(one -> PRIVATE.matcher(one.ip()).matches()).toList();
    if (inside.size() == 1) {
      return new Chosen(inside.getFirst());
    }
    return all.isEmpty()
        ? new Unclear("no address of version 4", "give the machine one, and install iproute2")
        : new Unclear("several addresses: " + list(all), options(all.getFirst(), host));
  }

  private static AdvertiseChoice wanted(List<Address> all, String wanted, String host) {
    List<Address> fitting =
        all.stream().filter(one -> one.ip().equals(wanted) || one.card().equals(wanted)).toList();
    if (fitting.size() == 1) {
      return new Chosen(fitting.getFirst());
    }
    return all.isEmpty()
        ? new Unclear(wanted + " is not there", "give the machine that address")
        : new Unclear(
            "%s is %s; it has %s"
                .formatted(wanted, fitting.isEmpty() ? "not there" : "ambiguous", list(all)),
            options(all.getFirst(), host));
  }

  private static String options(Address example, String host) {
    return "choose: --advertise-addr %s=%s, or --advertise-interface %s=%s"
        .formatted(host, example.ip(), host, example.card());
  }

  private static String list(List<Address> all) {
    return all.stream()
        .map(one -> one.ip() + " (" + one.card() + ")")
        .collect(Collectors.joining(", "));
  }
}
