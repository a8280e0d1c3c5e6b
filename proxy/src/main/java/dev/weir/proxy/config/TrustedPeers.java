package dev.weir.proxy.config;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The peers that are trusted to say where a request came from: proxies in front of this one.
///
/// @param networks where they are
public record TrustedPeers(List<Network> networks) {
  /// No peer is trusted.
  public static final TrustedPeers NOBODY = new TrustedPeers(List.of());

  /// Every peer is trusted: only safe where only a proxy can connect.
  public static final TrustedPeers EVERYBODY = new TrustedPeers(List.of(new Network(0, 0, 0)));

  private static final int NETWORKS_MAX = 1000;
  private static final int V4_BYTES = 4;
  private static final int V6_BITS = 128;
  private static final long MAPPED = 0xffffL << 32;
  private static final String EXPECTED =
      "addresses and networks with commas between, as in 10.0.0.0/8,::1";

  public TrustedPeers {
    networks = List.copyOf(networks);
  }

  /// Reads `10.0.0.0/8,::1`.
  ///
  /// @param option the option before the text, for the message
  /// @throws IllegalArgumentException if it is not such a list
  public static TrustedPeers parse(String option, String text) {
    var networks = new ArrayList<Network>();
    for (String one : text.split(",", -1)) {
      Network network = network(one.strip());
      if (network == null || networks.size() == NETWORKS_MAX) {
        throw new IllegalArgumentException(
            "%s: %s (expected: %s)".formatted(option, one.isBlank() ? "nothing" : one, EXPECTED));
      }
      if (!network.isWhole()) {
        throw new IllegalArgumentException(
            "%s: %s (expected: a network with all further bits 0, or the address alone)"
                .formatted(option, one.strip()));
      }
      networks.add(network);
    }
    return new TrustedPeers(networks);
  }

  private static @Nullable Network network(String text) {
    int slash = text.indexOf('/');
    byte[] bytes =
        NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
    if (bytes == null || text.indexOf('%') >= 0) {
      return null;
    }
    int width = bytes.length * Byte.SIZE;
    String digits = slash < 0 ? String.valueOf(width) : text.substring(slash + 1);
    int bits = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : width + 1;
    return bits > width ? null : new Network(high(bytes), low(bytes), V6_BITS - width + bits);
  }

  /// Whether the peer at the other end of a connection is one of them.
  public boolean contains(@Nullable SocketAddress peer) {
    if (networks.isEmpty()
        || !(peer instanceof InetSocketAddress inet)
        || inet.getAddress() == null) {
      return false;
    }
    byte[] bytes = inet.getAddress().getAddress();
    long high = high(bytes);
    long low = low(bytes);
    for (Network network : networks) {
      if (network.contains(high, low)) {
        return true;
      }
    }
    return false;
  }

  private static long high(byte[] address) {
    return address.length == V4_BYTES ? 0 : ByteBuffer.wrap(address).getLong(0);
  }

  /// Addresses of version 4 count as version 6, in either spelling.
  private static long low(byte[] address) {
    ByteBuffer bytes = ByteBuffer.wrap(address);
    return address.length == V4_BYTES
        ? MAPPED | (bytes.getInt(0) & 0xffffffffL)
        : bytes.getLong(Long.BYTES);
  }

  /// Addresses that begin with the same bits.
  ///
  /// @param high the first half of the address
  /// @param low the second half
  /// @param bits how many of the 128 count
  public record Network(long high, long low, int bits) {
    boolean contains(long otherHigh, long otherLow) {
      return ((high ^ otherHigh) & highMask()) == 0 && ((low ^ otherLow) & lowMask()) == 0;
    }

    boolean isWhole() {
      return (high & ~highMask()) == 0 && (low & ~lowMask()) == 0;
    }

    private long highMask() {
      return mask(Math.min(bits, Long.SIZE));
    }

    private long lowMask() {
      return mask(Math.max(0, bits - Long.SIZE));
    }

    private static long mask(int ones) {
      return ones == 0 ? 0 : -1L << (Long.SIZE - ones);
    }
  }
}
