import java.nio.charset.StandardCharsets;

/// How the clients of one kind behave in an attack: what they send, whether they read, how they
/// leave.
final class Manner {
  /// How a client reads.
  enum Reading {
    ALL,
    NONE,
    /// A few bytes now and then.
    SIPS
  }

  /// How a client leaves.
  enum Leave {
    CLOSE,
    RESET
  }

  final String name;
  boolean admin;
  int count = 1;
  int perSecond = 1_000;
  int attempts = Integer.MAX_VALUE;
  byte[] first = {};
  byte[] unit = {};
  long unitBytes = Long.MAX_VALUE;
  byte[] drip = {};
  int dripMillis;
  Reading reading = Reading.ALL;
  boolean halfCloses;
  int leaveMillis;
  Leave leave = Leave.CLOSE;
  boolean again;

  private Manner(String name) {
    this.name = name;
  }

  /// Clients that connect and do nothing.
  ///
  /// @param count how many are connected at once
  /// @param perSecond how many connect each second at most
  static Manner of(String name, int count, int perSecond) {
    var manner = new Manner(name);
    manner.count = count;
    manner.perSecond = perSecond;
    return manner;
  }

  /// They connect to the admin port.
  Manner admin() {
    admin = true;
    return this;
  }

  /// What each sends first.
  Manner says(String text) {
    first = text.getBytes(StandardCharsets.ISO_8859_1);
    return this;
  }

  /// What each sends after that, over and over, as fast as it is taken.
  Manner floods(String text) {
    return floods(text, Long.MAX_VALUE);
  }

  /// @param bytes how much of it at most
  Manner floods(String text, long bytes) {
    unit = text.repeat(Math.max(1, 16_384 / text.length())).getBytes(StandardCharsets.ISO_8859_1);
    unitBytes = bytes;
    return this;
  }

  /// What each sends again after each pause.
  Manner drips(String text, int millis) {
    drip = text.getBytes(StandardCharsets.ISO_8859_1);
    dripMillis = millis;
    return this;
  }

  Manner reads(Reading how) {
    reading = how;
    return this;
  }

  /// They say that they send no more, and wait for the response.
  Manner halfCloses() {
    halfCloses = true;
    return this;
  }

  /// How long each stays, if not to the end of the attack.
  Manner stays(int millis) {
    leaveMillis = millis;
    return this;
  }

  Manner leaves(Leave how) {
    leave = how;
    return this;
  }

  /// Another client comes for each that is gone.
  Manner again() {
    again = true;
    return this;
  }

  /// How many may come in all, if they come again.
  Manner attempts(int most) {
    attempts = most;
    return this;
  }

  /// The same with fewer clients, at least four.
  Manner scaled(double factor) {
    if (count > 4) {
      count = Math.max(4, (int) (count * factor));
    }
    perSecond = Math.max(100, (int) (perSecond * factor));
    attempts = attempts == Integer.MAX_VALUE ? attempts : (int) (attempts * factor);
    return this;
  }
}
