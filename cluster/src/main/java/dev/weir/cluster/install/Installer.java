package dev.weir.cluster.install;

import dev.weir.cluster.host.Host;
import dev.weir.cluster.host.HostFacts;
import dev.weir.cluster.host.Scripts;
import dev.weir.cluster.host.Waits;
import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings Docker Engine to one machine. Each step may be done again: what is there already stays.
public final class Installer {
  private static final Duration CLOUD_INIT_MAX = Duration.ofMinutes(5);
  private static final Duration LOCK_MAX = Duration.ofMinutes(5);
  private static final Duration PACKAGES_MAX = Duration.ofMinutes(15);
  private static final Duration STEP_MAX = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

  /// What apt and dnf say when another process was faster.
  private static final List<String> LOCKED =
      List.of("could not get lock", "unable to acquire", "waiting for process with pid");

  private final Host host;
  private final HostFacts facts;
  private final Consumer<String> note;
  private final Waits waits;

  /// @param note takes a line about what is waited for
  public Installer(Host host, HostFacts facts, Consumer<String> note, Waits waits) {
    this.host = host;
    this.facts = facts;
    this.note = note;
    this.waits = waits;
  }

  /// Waits until the machine's first start is over: until then cloud-init uses the package manager.
  ///
  /// @throws SshException if the connection breaks, or that takes more than five minutes
  public void awaitFirstStart() throws SshException {
    if (facts.has("cloud-init")) {
      note.accept("waits for cloud-init");
      CommandOutput _ = root("cloud-init status --wait > /dev/null 2>&1", "", CLOUD_INIT_MAX);
    }
  }

  /// Installs packages, once nobody else uses the package manager.
  ///
  /// @throws InstallException if it fails, or the lock is not free within five minutes
  /// @throws SshException if the connection breaks
  public void install(Packages packages) throws InstallException, SshException {
    long startNanos = waits.nanos();
    while (true) {
      awaitLock(startNanos);
      CommandOutput output = attempt(packages);
      if (output.succeeded()) {
        return;
      }
      if (!isLocked(output)) {
        throw new InstallException(
            "%s: installing %s failed with code %d: %s (see it there: %s)"
                .formatted(host.name(), packages, output.exit(), last(output), byHand(packages)));
      }
      waits.pass(LOOK_EVERY);
    }
  }

  /// Starts the engine, now and with the machine.
  ///
  /// @throws InstallException if it does not start
  /// @throws SshException if the connection breaks
  public void start() throws InstallException, SshException {
    CommandOutput output = root("systemctl enable --now docker 2>&1", "", STEP_MAX);
    if (!output.succeeded()) {
      throw new InstallException(
          "%s: docker does not start: %s (see: sudo journalctl -u docker)"
              .formatted(host.name(), last(output)));
    }
  }

  /// Lets the account open the engine's socket, and logs in anew so that it counts.
  ///
  /// @throws InstallException if that fails
  /// @throws SshException if the connection breaks
  public void allow() throws InstallException, SshException {
    String user = Scripts.quoted(facts.user());
    CommandOutput output =
        root(
            "sh -c 'PATH=$PATH:/usr/sbin:/sbin; usermod -aG docker \"$0\"' " + user + " 2>&1",
            "",
            STEP_MAX);
    if (!output.succeeded()) {
      throw new InstallException(
          "%s: %s cannot be put into the group docker: %s"
              .formatted(host.name(), facts.user(), last(output)));
    }
    host.reconnect();
  }

  private void awaitLock(long startNanos) throws InstallException, SshException {
    for (Optional<String> holder = lockHolder(); holder.isPresent(); holder = lockHolder()) {
      Duration waited = Duration.ofNanos(waits.nanos() - startNanos);
      if (waited.compareTo(LOCK_MAX) > 0) {
        throw new InstallException(
            "%s: the package manager has been in use for %d min by %s (end that, then run this again)"
                .formatted(host.name(), waited.toMinutes(), holder.get()));
      }
      note.accept(
          "the package manager is in use by %s; waited %d s of at most %d"
              .formatted(holder.get(), waited.toSeconds(), LOCK_MAX.toSeconds()));
      waits.pass(LOOK_EVERY);
    }
  }

  private Optional<String> lockHolder() throws SshException {
    CommandOutput output = root("bash -s", Scripts.read(Installer.class, "locks.sh"), STEP_MAX);
    return output.out().lines().findFirst().filter(line -> !line.isBlank());
  }

  private CommandOutput attempt(Packages packages) throws SshException {
    return switch (packages) {
      case Packages.Apt(var names, var wished) ->
          root(
              "bash -s %s %s"
                  .formatted(
                      Scripts.quoted(String.join(" ", names)),
                      Scripts.quoted(String.join(" ", wished))),
              Scripts.read(Installer.class, "apt.sh"),
              PACKAGES_MAX);
      case Packages.Dnf(var names) ->
          root(
              "bash -s " + Scripts.quoted(String.join(" ", names)),
              Scripts.read(Installer.class, "dnf.sh"),
              PACKAGES_MAX);
      case Packages.ByHand(var words) -> new CommandOutput(1, "", words);
    };
  }

  private static boolean isLocked(CommandOutput output) {
    String said = (output.out() + output.err()).toLowerCase(Locale.ROOT);
    return LOCKED.stream().anyMatch(said::contains);
  }

  private static String byHand(Packages packages) {
    return (packages instanceof Packages.Apt ? "sudo apt-get install " : "sudo dnf install ")
        + packages;
  }

  /// The last line that tells something, errors first.
  private static String last(CommandOutput output) {
    List<String> lines =
        (output.out() + "\n" + output.err()).lines().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.startsWith("E: ") || line.toLowerCase(Locale.ROOT).startsWith("error"))
        .findFirst()
        .orElse(lines.isEmpty() ? "no word" : lines.getLast())
        .strip();
  }

  private CommandOutput root(String command, String input, Duration limit) throws SshException {
    return host.run(facts.asRoot() + command, input.getBytes(StandardCharsets.UTF_8), limit);
  }
}
