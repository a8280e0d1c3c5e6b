package dev.weir.console.source;

import dev.weir.observe.http.HttpText;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The pages of a balancer over the network. A task has an address on each of its networks, and
/// which of them leads there depends on where this process runs: the one that did last is asked
/// first.
final class HttpPages implements BalancerPages {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final long BYTES_MAX = 16L << 20;
  private static final HttpText HTTP = HttpText.of(Optional.empty(), TIMEOUT, BYTES_MAX);

  private final List<URI> addresses;
  private int first;

  /// @param addresses at least one
  HttpPages(List<URI> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  @Override
  public String page(String path) throws IOException {
    IOException last = new IOException("it has no address");
    for (int tried = 0; tried < addresses.size(); tried++) {
      int at = (first + tried) % addresses.size();
      try {
        String text = HTTP.get(addresses.get(at).resolve(path));
        first = at;
        return text;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /// Where it was reached last.
  String address() {
    return addresses.get(first).toString();
  }
}
