package dev.weir.ssh;

import dev.weir.base.CleanEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The programs of the OpenSSH client on this machine, and how they are started.
final class OpenSsh {
  private static final int WHOLE_SECONDS_MIN = 1;

  /// What authentication needs beyond [CleanEnvironment]: agents, hardware keys, Kerberos.
  private static final Set<String> LOGIN =
      Set.of("SSH_AUTH_SOCK", "SSH_SK_PROVIDER", "KRB5CCNAME", "USER", "LOGNAME");

  private OpenSsh() {}

  /// A process of one of the programs, with a clean environment and messages in English.
  ///
  /// @throws SshException if this machine lacks the program
  static ProcessBuilder process(List<String> command) throws SshException {
    check(command.getFirst());
    return clean(command);
  }

  /// A process with a clean environment and messages in English.
  static ProcessBuilder clean(List<String> command) {
    var builder = new ProcessBuilder(command);
    clean(builder.environment());
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  /// A client that is there and does not start, or cannot have its sockets.
  static SshException unusable(IOException e) {
    return new SshException(
        SshException.Kind.NO_CLIENT,
        "ssh: it cannot be started here (%s)".formatted(e.getMessage()));
  }

  /// The same with the terminal of this process.
  static ProcessBuilder terminal(List<String> command) {
    var builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = builder.environment();
    String terminal = environment.getOrDefault("TERM", "dumb");
    clean(environment);
    environment.put("TERM", terminal);
    return builder;
  }

  private static void clean(Map<String, String> environment) {
    var login = Map.copyOf(environment);
    CleanEnvironment.clean(environment);
    LOGIN.stream()
        .filter(login::containsKey)
        .forEach(name -> environment.put(name, login.get(name)));
  }

  /// Fails if this machine lacks the program.
  static void check(String program) throws SshException {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return;
      }
    }
    throw new SshException(
        SshException.Kind.NO_CLIENT,
        "%s: not found on this machine (install the OpenSSH client: sudo apt-get install openssh-client, or sudo dnf install openssh-clients)"
            .formatted(program));
  }

  /// The options of a connection that others share: nothing asks, nothing is forwarded by itself,
  /// and only known host keys are trusted.
  static List<String> connect(SshLogin login, Path control, int seconds) {
    var words = new ArrayList<String>(List.of("ssh", "-M", "-T", "-S", percent(control)));
    option(words, "BatchMode=yes");
    option(words, "StrictHostKeyChecking=yes");
    option(words, "UpdateHostKeys=no");
    option(words, "ConnectTimeout=" + Math.max(WHOLE_SECONDS_MIN, seconds));
    option(words, "ConnectionAttempts=1");
    option(words, "ServerAliveInterval=5");
    option(words, "ServerAliveCountMax=3");
    option(words, "ControlPersist=no");
    option(words, "ForwardAgent=no");
    option(words, "ForwardX11=no");
    option(words, "ClearAllForwardings=yes");
    option(words, "PermitLocalCommand=no");
    option(words, "RemoteCommand=none");
    option(words, "Tunnel=no");
    option(words, "LogLevel=INFO");
    login
        .knownHosts()
        .ifPresent(file -> {
          option(words, "UserKnownHostsFile=\"%s\"".formatted(percent(file.toAbsolutePath())));
          option(words, "GlobalKnownHostsFile=/dev/null");
        });
    login
        .key()
        .ifPresent(file -> {
          option(words, "IdentityFile=\"%s\"".formatted(percent(file.toAbsolutePath())));
          option(words, "IdentitiesOnly=yes");
        });
    words.addAll(target(login.address()));
    return words;
  }

  /// The options of a command over the connection behind `control`. It never opens one of its own:
  /// the client would do so if that one is gone.
  static List<String> over(Path control, SshAddress address, String... further) {
    var words = new ArrayList<String>(List.of("ssh", "-F", "none", "-S", percent(control)));
    option(words, "ControlMaster=no");
    option(words, "BatchMode=yes");
    option(words, "ProxyCommand=exit 255");
    option(words, "LogLevel=ERROR");
    words.addAll(List.of(further));
    words.addAll(target(address));
    return words;
  }

  private static List<String> target(SshAddress address) {
    var words = new ArrayList<String>();
    address.port().ifPresent(port -> words.addAll(List.of("-p", Integer.toString(port))));
    address.user().ifPresent(user -> words.addAll(List.of("-l", user)));
    words.addAll(List.of("--", address.host()));
    return words;
  }

  private static void option(List<String> words, String option) {
    words.add("-o");
    words.add(option);
  }

  /// A path without the marks that the client replaces.
  private static String percent(Path path) {
    return path.toString().replace("%", "%%");
  }
}
