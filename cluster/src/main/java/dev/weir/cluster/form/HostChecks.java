package dev.weir.cluster.form;

import dev.weir.cluster.host.ClockOffset;
import dev.weir.cluster.host.Finding;
import dev.weir.cluster.host.HostFacts;
import dev.weir.cluster.host.Machine;
import dev.weir.cluster.install.Packages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one machine needs to be a node of a swarm.
final class HostChecks {
  private static final long MEBIBYTE = 1 << 20;
  private static final long GIBIBYTE = 1 << 30;

  /// The engine and a small container run in less; below the lower bound the engine itself is
  /// killed.
  private static final long MEMORY_WARN = 900 * MEBIBYTE;

  private static final long MEMORY_MIN = 380 * MEBIBYTE;
  private static final long DISK_WARN = 5 * GIBIBYTE;
  private static final long DISK_MIN = 2 * GIBIBYTE;

  /// Swarm itself bears an hour. From a second on, records of several nodes do not fit together; a
  /// clock that is 30 s off is set by nothing, drifts on, and package lists and certificates are
  /// soon refused.
  private static final double CLOCK_WARN_SECONDS = 1;

  private static final double CLOCK_MAX_SECONDS = 30;
  private static final int KERNEL_MIN = 4;
  private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4}).*");
  private static final String ENGINE_MIN = "20.10";
  private static final Set<String> ARCHITECTURES =
      Set.of("x86_64", "aarch64", "armv7l", "ppc64le", "s390x");

  private final String host;
  private final HostFacts facts;
  private final List<Finding> findings = new ArrayList<>();

  private HostChecks(Machine machine) {
    this.host = machine.name();
    this.facts = machine.facts();
  }

  /// Everything that is found on a machine, in the order of the table.
  static List<Finding> of(Machine machine) {
    var checks = new HostChecks(machine);
    checks.system();
    checks.sudo();
    checks.kernel();
    checks.size();
    checks.clock(machine.clock());
    checks.engine();
    checks.security();
    return List.copyOf(checks.findings);
  }

  private void system() {
    findings.add(
        Finding.ok(
            host,
            "system",
            "%s, %s, kernel %s, %s, %s free"
                .formatted(
                    facts.distributionName(),
                    facts.architecture(),
                    facts.one("kernel").orElse("unknown"),
                    bytes(facts.memoryBytes()),
                    bytes(facts.diskFreeBytes()))));
    if (!ARCHITECTURES.contains(facts.architecture())) {
      warning(
          "architecture",
          facts.architecture(),
          "images must be built for it; expected: " + String.join(", ", ARCHITECTURES));
    }
    if (!facts.has("systemd")) {
      fault("systemd", "not running", "use a machine with systemd: it starts the engine");
    }
    if (facts.hostname().isEmpty() || facts.hostname().startsWith("localhost")) {
      fault(
          "hostname",
          facts.hostname(),
          "give it its own: sudo hostnamectl set-hostname NAME (the swarm lists nodes by it)");
    }
    if (facts.has("cloud-init")) {
      note("cloud-init", "still at work; its end is awaited before packages are installed");
    }
  }

  private void sudo() {
    String user = facts.user();
    switch (facts.sudo()) {
      case ROOT, YES -> {}
      case NO ->
          fault(
              "sudo",
              user + " may not run commands as root without a password",
              "on it: echo '%s ALL=(ALL) NOPASSWD:ALL' | sudo tee /etc/sudoers.d/%s; or --user root"
                  .formatted(user, user));
      case ABSENT ->
          fault("sudo", "not installed", "log in as root (--user root), or install sudo");
    }
  }

  private void kernel() {
    if (facts.kernelMajor() < KERNEL_MIN) {
      fault("kernel", facts.one("kernel").orElse("unknown"), "boot Linux 4.0 or newer");
    }
    for (String module : List.of("overlay", "vxlan", "bridge")) {
      switch (facts.one("module." + module).orElse("unknown")) {
        case "yes" -> {}
        case "no" ->
            fault(
                "kernel module",
                module + " is missing",
                "install the kernel's modules (linux-modules-extra, kernel-modules), or another kernel");
        default ->
            findings.add(
                Finding.unknown(
                    host,
                    "kernel module",
                    "unknown: no list of this kernel's modules, so " + module + " may be missing",
                    "see: sudo modprobe " + module));
      }
    }
  }

  private void size() {
    bound("memory", facts.memoryBytes(), MEMORY_MIN, MEMORY_WARN, "use a larger machine");
    bound(
        "disk",
        facts.diskFreeBytes(),
        DISK_MIN,
        DISK_WARN,
        "free some of /var/lib, or enlarge it; images and containers live there");
  }

  private void bound(String check, OptionalLong found, long min, long warn, String fix) {
    if (found.isEmpty()) {
      findings.add(Finding.unknown(host, check, "unknown", ""));
    } else if (found.getAsLong() < min) {
      fault(
          check, "%s (expected: >= %s)".formatted(bytes(found), bytes(OptionalLong.of(min))), fix);
    } else if (found.getAsLong() < warn) {
      warning(
          check, "%s (advised: >= %s)".formatted(bytes(found), bytes(OptionalLong.of(warn))), fix);
    }
  }

  private void clock(Optional<ClockOffset> clock) {
    if (clock.isEmpty()) {
      findings.add(Finding.unknown(host, "clock", "unknown: date shows no fractions", ""));
      return;
    }
    double off = clock.get().seconds();
    double sure = Math.max(0, Math.abs(off) - clock.get().plusMinusSeconds());
    String found =
        String.format(
            Locale.ROOT,
            "%.1f s %s this machine's, give or take %.1f s",
            Math.abs(off),
            off < 0 ? "behind" : "ahead of",
            clock.get().plusMinusSeconds());
    String fix = "synchronise both: timedatectl set-ntp true (or chrony); see: timedatectl";
    if (sure > CLOCK_MAX_SECONDS) {
      fault("clock", found, fix);
    } else if (sure > CLOCK_WARN_SECONDS) {
      warning("clock", found, fix);
    }
  }

  private void engine() {
    if (facts.has("docker.rootless")) {
      warning(
          "rootless engine",
          facts.one("docker.rootless").orElse(""),
          "it cannot be a node, and is left alone; a second, ordinary engine is used");
    }
    if (facts.has("docker.snap")) {
      fault(
          "engine",
          "Docker from a snap, which is confined",
          "sudo snap remove docker; weir then installs the distribution's");
    }
    if (facts.has("docker.podman")) {
      fault(
          "engine",
          "the docker command is podman's",
          "sudo dnf remove podman-docker; podman itself may stay");
    }
    if (facts.hasDocker()) {
      installed(facts.dockerVersion().orElse("unknown"));
    } else if (Packages.of(facts) instanceof Packages.ByHand(var words)) {
      fault("engine", "none, and %s is not known".formatted(facts.distributionName()), words);
    } else {
      note("engine", "none; %s will be installed".formatted(Packages.of(facts)));
    }
  }

  private void installed(String version) {
    String found =
        "Docker Engine %s, package %s, %s"
            .formatted(
                version,
                facts.one("docker.package").orElse("unknown"),
                facts.isDockerRunning() ? "running" : "not running");
    if (older(version)) {
      fault("engine", found, "update it to %s or newer".formatted(ENGINE_MIN));
    } else {
      findings.add(Finding.ok(host, "engine", found));
    }
  }

  private static boolean older(String version) {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches()) {
      return false;
    }
    int major = Integer.parseInt(parts.group(1));
    return major < 20 || (major == 20 && Integer.parseInt(parts.group(2)) < 10);
  }

  private void security() {
    facts
        .one("selinux")
        .filter(mode -> !mode.equals("Disabled"))
        .ifPresent(mode -> note("SELinux", mode + "; mounted folders need the option z or Z"));
  }

  private void fault(String check, String found, String fix) {
    findings.add(Finding.fault(host, check, found, fix));
  }

  private void warning(String check, String found, String fix) {
    findings.add(Finding.warning(host, check, found, fix));
  }

  private void note(String check, String found) {
    findings.add(Finding.note(host, check, found));
  }

  /// Such as `1.9 GiB`.
  static String bytes(OptionalLong bytes) {
    if (bytes.isEmpty()) {
      return "unknown";
    }
    double gibibytes = bytes.getAsLong() / (double) GIBIBYTE;
    return gibibytes < 1
        ? bytes.getAsLong() / MEBIBYTE + " MiB"
        : String.format(Locale.ROOT, "%.1f GiB", gibibytes);
  }
}
