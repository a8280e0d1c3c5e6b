package dev.weir.console.web;

import dev.weir.base.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who is logged in. Used on the event loop alone.
final class Sessions {
  static final Duration LIFE = Duration.ofHours(12);
  private static final int SESSIONS_MAX = 1000;
  private static final int SECRET_BYTES = 32;

  private final Map<String, String> tokens;
  private final Ticker clock;
  private final SecureRandom random = new SecureRandom();
  private final Session open;

  /// By the digest of the cookie: neither memory nor the time of a look-up gives a cookie away.
  private final Map<String, Session> byDigest = new LinkedHashMap<>();

  /// @param tokens by name; none: nobody has to log in
  Sessions(Map<String, String> tokens, Ticker clock) {
    this.tokens = Map.copyOf(tokens);
    this.clock = clock;
    this.open = new Session("anyone", secret(), Long.MAX_VALUE);
  }

  boolean areNeeded() {
    return !tokens.isEmpty();
  }

  /// Logs a viewer in.
  ///
  /// @return the cookie, or empty if the token is wrong
  Optional<String> login(String token) {
    String name = "";
    for (Map.Entry<String, String> one : tokens.entrySet()) {
      name = equal(one.getValue(), token) ? one.getKey() : name;
    }
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String cookie = secret();
    byDigest.put(digest(cookie), new Session(name, secret(), clock.nanos() + LIFE.toNanos()));
    if (byDigest.size() > SESSIONS_MAX) {
      byDigest.remove(byDigest.keySet().iterator().next());
    }
    return Optional.of(cookie);
  }

  /// The session of a cookie; anyone's, if nobody has to log in.
  Optional<Session> find(Optional<String> cookie) {
    return areNeeded() ? cookie.map(this::known) : Optional.of(open);
  }

  private @Nullable Session known(String cookie) {
    Session session = byDigest.get(digest(cookie));
    return session == null || isOver(session) ? null : session;
  }

  /// Whether a session still holds.
  boolean isCurrent(Session session) {
    return session.equals(open) || (!isOver(session) && byDigest.containsValue(session));
  }

  private boolean isOver(Session session) {
    return session.endNanos() - clock.nanos() <= 0;
  }

  void logout(String cookie) {
    byDigest.remove(digest(cookie));
  }

  /// Compares in a time that does not depend on where they differ.
  static boolean equal(String expected, String given) {
    return MessageDigest.isEqual(sha256(expected), sha256(given));
  }

  private static String digest(String cookie) {
    return HexFormat.of().formatHex(sha256(cookie));
  }

  private static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
