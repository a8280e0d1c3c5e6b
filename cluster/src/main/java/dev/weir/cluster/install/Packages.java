package dev.weir.cluster.install;

import dev.weir.cluster.host.HostFacts;
import java.util.List;
import java.util.Set;

/// How Docker Engine comes to a machine: which packages, by which package manager.
public sealed interface Packages {
  /// Distributions that have the packages of Red Hat, and no engine among them.
  Set<String> RED_HAT = Set.of("rhel", "centos", "rocky", "almalinux", "ol");

  /// By apt, from the distribution.
  ///
  /// @param names what is needed
  /// @param wished what is installed too where the distribution has it
  record Apt(List<String> names, List<String> wished) implements Packages {
    @Override
    public String toString() {
      return String.join(" ", names);
    }
  }

  /// By dnf, from the distribution or a repository that is configured already.
  ///
  /// @param names what is needed
  record Dnf(List<String> names) implements Packages {
    @Override
    public String toString() {
      return String.join(" ", names);
    }
  }

  /// Not by us.
  ///
  /// @param words what the user does first
  record ByHand(String words) implements Packages {}

  /// What fits a machine.
  static Packages of(HostFacts facts) {
    List<String> family = facts.family();
    if (facts.distribution().equals("amzn")) {
      return facts.one("os.version").orElse("").startsWith("2023")
          ? new Dnf(List.of("docker"))
          : byHand("sudo amazon-linux-extras install docker, or use Amazon Linux 2023");
    }
    if (facts.has("docker.repository") && facts.has("has.dnf")) {
      return new Dnf(List.of("docker-ce", "docker-ce-cli", "containerd.io"));
    }
    if (facts.distribution().equals("fedora") && facts.has("has.dnf")) {
      return new Dnf(List.of("moby-engine"));
    }
    if (family.stream().anyMatch(RED_HAT::contains)) {
      return byHand(
          "its repositories have no Docker Engine; configure Docker's own, as"
              + " https://docs.docker.com/engine/install/ says; weir then installs from it");
    }
    boolean debian = family.contains("debian") || family.contains("ubuntu");
    return debian && facts.has("has.apt-get")
        ? apt(facts)
        : byHand("Docker Engine 20.10 or newer, as https://docs.docker.com/engine/install/ says");
  }

  private static Packages apt(HostFacts facts) {
    // With AppArmor in the kernel, containers start only where its tools can load a profile.
    List<String> names =
        facts.has("apparmor") ? List.of("docker.io", "apparmor") : List.of("docker.io");
    return new Apt(names, List.of("docker-cli", "ca-certificates"));
  }

  private static ByHand byHand(String words) {
    return new ByHand("install by hand: " + words);
  }
}
