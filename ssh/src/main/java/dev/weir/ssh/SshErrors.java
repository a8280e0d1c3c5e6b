package dev.weir.ssh;

import dev.weir.ssh.SshException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns the words of the OpenSSH client into messages that say what to do next.
final class SshErrors {
  private static final Pattern FINGERPRINT = Pattern.compile("^(SHA256:[A-Za-z0-9+/=]+)\\.?$");
  private static final Pattern OFFENDING = Pattern.compile("^Offending .*key in (.+):([0-9]+)$");
  private static final Pattern REMOVE = Pattern.compile("^(ssh-keygen .*-R .*)$");
  private static final Pattern HOW = Pattern.compile("Permission denied \\(([^)]*)\\)");

  private SshErrors() {}

  /// A login that failed.
  ///
  /// @param said the lines of the client's standard error
  static SshException failed(SshLogin login, List<String> said) {
    String text = String.join("\n", said);
    SshAddress at = login.address();
    if (text.contains("HOST IDENTIFICATION HAS CHANGED")) {
      return changed(login, said);
    }
    if (text.contains("Host key verification failed") || text.contains("host key is known for")) {
      return unknown(login);
    }
    if (text.contains("UNPROTECTED PRIVATE KEY FILE")) {
      return new SshException(
          Kind.DENIED,
          "%s: the key file is open to others, so it is not used (chmod 600 %s)"
              .formatted(at, login.key().map(Path::toString).orElse("KEY")));
    }
    if (text.contains("Permission denied (") || text.contains("Too many authentication")) {
      return denied(login, text);
    }
    return unreached(at, said, text);
  }

  private static SshException unreached(SshAddress at, List<String> said, String text) {
    if (text.contains("Could not resolve hostname")) {
      return new SshException(
          Kind.UNREACHABLE,
          "%s: no such host (expected: a name that this machine can resolve, an address, or a Host of ~/.ssh/config)"
              .formatted(at));
    }
    if (text.contains("Connection refused")) {
      return new SshException(
          Kind.REFUSED,
          "%s: no SSH server listens there (start it on the machine: sudo systemctl start ssh; or name its port: HOST:PORT)"
              .formatted(at));
    }
    if (text.contains("timed out")) {
      return timeout(at, "it does not respond");
    }
    if (text.contains("No route to host") || text.contains("Network is unreachable")) {
      return new SshException(
          Kind.UNREACHABLE,
          "%s: there is no way there (look at its network and address)".formatted(at));
    }
    if (text.contains("kex_exchange_identification")
        || text.contains("Connection closed by")
        || text.contains("Connection reset")) {
      return new SshException(
          Kind.REFUSED,
          "%s: the connection was closed before the login (is it an SSH server's port? Its log says why: sudo journalctl -u ssh)"
              .formatted(at));
    }
    return new SshException(
        Kind.UNREACHABLE, "%s: %s (try by hand: ssh %s)".formatted(at, last(said), byHand(at)));
  }

  /// No end within the time.
  static SshException timeout(SshAddress at, String what) {
    return new SshException(
        Kind.TIMEOUT,
        "%s: %s (is it up? Does a firewall or security group let TCP port %d in from here?)"
            .formatted(at, what, at.port().orElse(22)));
  }

  /// A connection that stood, and does no more.
  static SshException lost(SshAddress at, List<String> said) {
    String why = said.isEmpty() ? "" : ": " + last(said);
    return new SshException(Kind.LOST, "%s: the connection broke%s (try again)".formatted(at, why));
  }

  private static SshException unknown(SshLogin login) {
    SshAddress at = login.address();
    var withoutUser = new SshAddress(Optional.empty(), at.host(), at.port());
    String where =
        login.knownHosts().map(Path::toString).orElse("the known_hosts files of this user");
    String fix =
        login
            .knownHosts()
            .map(file ->
                "ssh-keyscan %s >> %s, then compare with ssh-keygen -l -f %s"
                    .formatted(byHand(withoutUser), file, file))
            .orElse("ssh %s".formatted(byHand(at)));
    return new SshException(
        Kind.HOST_KEY_UNKNOWN,
        "%s: its host key is not in %s (compare its fingerprint with the one on the machine's console, once: %s)"
            .formatted(at, where, fix));
  }

  private static SshException changed(SshLogin login, List<String> said) {
    SshAddress at = login.address();
    String now = first(said, FINGERPRINT).map(m -> m.group(1)).orElse("another key");
    Optional<Matcher> offending = first(said, OFFENDING);
    String known =
        offending
            .flatMap(m -> KnownHosts.fingerprint(Path.of(m.group(1)), Integer.parseInt(m.group(2))))
            .orElse("another key");
    String remove =
        first(said, REMOVE)
            .map(m -> m.group(1))
            .orElseGet(() -> "ssh-keygen -R \"%s\"".formatted(KnownHosts.name(at)));
    return new SshException(
        Kind.HOST_KEY_CHANGED,
        "%s: the host key has changed: known is %s, shown was %s (somebody may be in between. If the machine was made anew and its console shows the second: %s)"
            .formatted(at, known, now, remove));
  }

  private static SshException denied(SshLogin login, String text) {
    SshAddress at = login.address();
    Matcher how = HOW.matcher(text);
    String ways = how.find() ? how.group(1) : "publickey";
    if (text.contains("Load key") && login.key().isPresent()) {
      return new SshException(
          Kind.DENIED,
          "%s: %s is not readable as a private key (expected: a file of ssh-keygen; with a passphrase, first: ssh-add %s)"
              .formatted(at, login.key().get(), login.key().get()));
    }
    String refused =
        login
            .key()
            .map("the key %s was not accepted"::formatted)
            .orElse("none of this user's keys was accepted");
    String fix =
        text.contains("Too many authentication")
            ? "the server stops after some keys: name the one to use"
            : "put the public key into ~/.ssh/authorized_keys of %s there, or name another user or key; a key with a passphrase needs ssh-add first"
                .formatted(at.user().orElse("the account"));
    return new SshException(
        Kind.DENIED,
        "%s: login refused: %s, the host takes %s (%s)".formatted(at, refused, ways, fix));
  }

  private static Optional<Matcher> first(List<String> said, Pattern pattern) {
    return said.stream().map(pattern::matcher).filter(Matcher::find).findFirst();
  }

  private static String last(List<String> said) {
    return said.isEmpty() ? "the login ended without a reason" : said.getLast();
  }

  /// The arguments of the ssh command for an address.
  private static String byHand(SshAddress at) {
    return (at.port().isPresent() ? "-p " + at.port().getAsInt() + " " : "")
        + at.user().map(user -> user + "@").orElse("")
        + at.host();
  }
}
