package dev.weir.cluster.host;

import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A small program that opens ports on one machine and sends to them from another, in the language
/// that the machine has: Python or Perl.
///
/// @param command the interpreter's path
/// @param source the program
public record Probe(String command, String source) {
  private static final int LISTEN_SECONDS = 40;
  private static final int SEND_SECONDS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// What became of a try to send.
  ///
  /// @param address the receiver
  /// @param target the port, as `tcp:2377`
  /// @param bytes how many
  /// @param result `ok`, or why not
  public record Sent(String address, String target, int bytes, String result) {
    /// Whether all came back as they were.
    public boolean isOk() {
      return result.equals("ok");
    }
  }

  /// Ports that are open for a while.
  ///
  /// @param open those that this program opened
  /// @param busy those that another program holds
  /// @param pid its process, to end it; empty if none runs
  public record Listening(List<String> open, List<String> busy, Optional<String> pid) {}

  /// The program for a machine; empty if it has no interpreter.
  public static Optional<Probe> of(HostFacts facts) {
    return facts
        .one("has.python3")
        .map(python -> new Probe(python, Scripts.read(Probe.class, "probe.py")))
        .or(() ->
            facts
                .one("has.perl")
                .map(perl -> new Probe(perl, Scripts.read(Probe.class, "probe.pl"))));
  }

  /// Opens ports for 40 s.
  ///
  /// @param targets such as `tcp:2377`
  /// @throws SshException if the machine cannot be asked
  public Listening listen(Host host, List<String> targets) throws SshException {
    return listening(
        run(host, "listen %d %s".formatted(LISTEN_SECONDS, String.join(",", targets))).out());
  }

  static Listening listening(String lines) {
    var open = new ArrayList<String>();
    var busy = new ArrayList<String>();
    Optional<String> pid = Optional.empty();
    for (String line : lines.lines().toList()) {
      String[] words = line.split(" ", 3);
      switch (words[0]) {
        case "open" -> open.add(words[1]);
        case "busy" -> busy.add(words[1]);
        case "pid" -> pid = Optional.of(words[1]).filter(id -> id.matches("[0-9]+"));
        default -> {}
      }
    }
    return new Listening(List.copyOf(open), List.copyOf(busy), pid);
  }

  /// Ends a program that listens.
  ///
  /// @throws SshException if the machine cannot be asked
  public static void stop(Host host, Listening listening) throws SshException {
    if (listening.pid().isPresent()) {
      host.run("kill " + listening.pid().get(), new byte[0], LIMIT);
    }
  }

  /// Sends to ports, at most 3 s each and all at once.
  ///
  /// @param bytes how many; 0 only connects
  /// @throws SshException if the machine cannot be asked
  public List<Sent> send(Host host, int bytes, List<String> addresses, List<String> targets)
      throws SshException {
    return sent(
        run(
                host,
                "send %d %d %s %s"
                    .formatted(
                        SEND_SECONDS,
                        bytes,
                        String.join(",", addresses),
                        String.join(",", targets)))
            .out());
  }

  /// Reads what `send` printed.
  public static List<Sent> sent(String lines) {
    return lines
        .lines()
        .map(line -> line.strip().split(" ", 4))
        .filter(words -> words.length == 4 && words[2].matches("[0-9]{1,6}"))
        .map(words -> new Sent(words[0], words[1], Integer.parseInt(words[2]), words[3]))
        .toList();
  }

  private CommandOutput run(Host host, String words) throws SshException {
    byte[] input = source.getBytes(StandardCharsets.UTF_8);
    return host.run("%s - %s".formatted(command, words), input, LIMIT);
  }
}
