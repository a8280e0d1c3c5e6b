package dev.weir.swarm.engine;

import dev.weir.base.Secrets;
import dev.weir.base.UserError;
import dev.weir.ssh.SshAddress;
import dev.weir.ssh.SshLogin;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a Docker Engine listens.
public sealed interface EngineAddress {
  /// Where all Linux packages of Docker put the socket.
  Path SOCKET = Path.of("/var/run/docker.sock");

  /// The Engine of this machine.
  EngineAddress DEFAULT = new Unix(SOCKET);

  /// A socket in the file system.
  ///
  /// @param socket its path
  record Unix(Path socket) implements EngineAddress {
    @Override
    public String toString() {
      return "unix://" + socket;
    }
  }

  /// A TCP port, with or without TLS.
  ///
  /// @param host a name or an address
  /// @param port a port
  /// @param tls our certificate and which to trust; empty for plain TCP
  record Tcp(String host, int port, Optional<TlsFiles> tls) implements EngineAddress {
    @Override
    public String toString() {
      return "tcp://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port);
    }
  }

  /// A socket in the file system of another machine, reached over SSH.
  ///
  /// @param login how to log in there
  /// @param socket its path there
  record Ssh(SshLogin login, Path socket) implements EngineAddress {
    /// The socket of all Linux packages, with the user's own keys and configuration of SSH.
    public Ssh(SshLogin login) {
      this(login, SOCKET);
    }

    @Override
    public String toString() {
      return "ssh://" + login.address() + (socket.equals(SOCKET) ? "" : socket);
    }
  }

  /// The address that the docker command would use with these environment variables and this home
  /// folder.
  ///
  /// In order: `DOCKER_HOST`, `DOCKER_CONTEXT`, the current context of `config.json`, the default
  /// socket.
  ///
  /// @throws UserError if the configuration cannot be read or used
  static EngineAddress resolve(Map<String, String> environment, Path home) {
    return new DockerSettings(environment, home).address();
  }

  /// The address that the docker command would use with `--context`.
  ///
  /// @throws UserError if there is no such context
  static EngineAddress ofContext(String context, Map<String, String> environment, Path home) {
    return new DockerSettings(environment, home).ofContext(context, "--context");
  }

  /// The address that the docker command would use with `--host`, with the environment's TLS
  /// settings.
  ///
  /// @throws UserError if it is not an address
  static EngineAddress ofHost(String host, Map<String, String> environment, Path home) {
    return new DockerSettings(environment, home).ofHost(host, "--host");
  }

  /// Reads `unix:///path`, `ssh://user@host:port` or `tcp://host:port`, the last without TLS.
  ///
  /// @throws UserError if it is none of them
  static EngineAddress parse(String text) {
    return parse(text, "engine", Optional.empty());
  }

  /// Reads the address in `setting`.
  static EngineAddress parse(String text, String setting, Optional<TlsFiles> tls) {
    String typed = text.strip();
    Matcher scheme = Pattern.compile("([a-zA-Z]+)://(.*)").matcher(typed);
    String rest = scheme.matches() ? scheme.group(2) : typed;
    return switch (scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : "tcp") {
      case "unix" -> unix(rest, typed, setting);
      case "tcp", "http", "https" -> tcp(rest, typed, setting, tls);
      case "ssh" -> ssh(rest, typed, setting);
      default -> throw refused(typed, setting);
    };
  }

  private static EngineAddress unix(String path, String typed, String setting) {
    if (path.isEmpty()) {
      return DEFAULT;
    }
    if (!path.startsWith("/")) {
      throw refused(typed, setting);
    }
    return new Unix(Path.of(path));
  }

  private static EngineAddress tcp(
      String rest, String typed, String setting, Optional<TlsFiles> tls) {
    Matcher parts =
        Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\[\\]:/?#\\s]*)(?::([0-9]{1,5}))?/?")
            .matcher(rest);
    if (!parts.matches()) {
      throw refused(typed, setting);
    }
    String host = parts.group(1).replaceAll("[\\[\\]]", "");
    int port =
        parts.group(2) == null ? tls.isPresent() ? 2376 : 2375 : Integer.parseInt(parts.group(2));
    if (port < 1 || port > 65_535) {
      throw refused(typed, setting);
    }
    return new Tcp(host.isEmpty() ? "localhost" : host, port, tls);
  }

  private static UserError refused(String typed, String setting) {
    return new UserError(
        "%s: %s (expected: unix:///path/to/docker.sock, tcp://HOST:PORT or ssh://USER@HOST)"
            .formatted(setting, Secrets.address(typed)));
  }

  /// As the docker command reads it: a path is that of the socket. A password is refused, because
  /// the OpenSSH client takes none.
  private static EngineAddress ssh(String rest, String typed, String setting) {
    int slash = rest.indexOf('/');
    String path =
        slash < 0 || slash == rest.length() - 1 ? SOCKET.toString() : rest.substring(slash);
    if (path.contains(":") || path.contains("?") || path.contains("#")) {
      throw refused(typed, setting);
    }
    try {
      SshAddress address = SshAddress.parse(slash < 0 ? rest : rest.substring(0, slash), setting);
      return new Ssh(SshLogin.of(address), Path.of(path));
    } catch (UserError _) {
      throw refused(typed, setting); // which hides a password
    }
  }
}
