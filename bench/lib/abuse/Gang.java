import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The clients of one manner: opens them at a rate, has each do its part, and counts the results.
final class Gang {
  private static final int TICK_MILLIS = 10;
  private static final int SIP_MILLIS = 100;
  private static final int SMALL_RECEIVE_BYTES = 4_096;

  /// One address has 28,000 ports: more clients than that come from several.
  private static final int SOURCES = 8;

  private final Loop loop;
  private final Manner manner;
  private final int port;
  private final Set<Line> lines = new LinkedHashSet<>();
  private final Map<String, Integer> statuses = new TreeMap<>();
  private boolean leaving;
  private double credit;
  private int begun;
  private int opened;
  private int refused;
  private int cut;
  private int lacking;

  Gang(Loop loop, Manner manner, int port) {
    this.loop = loop;
    this.manner = manner;
    this.port = port;
  }

  /// Begins to connect. In the loop's thread, as everything here.
  void start() {
    credit = Math.min(manner.count, manner.perSecond * TICK_MILLIS / 1000.0);
    tick();
  }

  private void tick() {
    if (leaving) {
      return;
    }
    while (credit >= 1 && lines.size() < manner.count && begun < most()) {
      credit--;
      begun++;
      open();
    }
    credit = Math.min(credit + manner.perSecond * TICK_MILLIS / 1000.0, manner.perSecond);
    loop.after(TICK_MILLIS, this::tick);
  }

  private int most() {
    return manner.again ? manner.attempts : manner.count;
  }

  private void open() {
    SocketAddress from = new InetSocketAddress("127.0.1." + (1 + begun % SOURCES), 0);
    int receive = manner.reading == Manner.Reading.ALL ? 0 : SMALL_RECEIVE_BYTES;
    try {
      var guest = new Guest();
      Line line = loop.connect(from, port, receive, guest);
      if (!guest.gone) {
        lines.add(line);
      }
    } catch (IOException e) {
      lacking++;
    }
  }

  /// Has all of them leave.
  void leave() {
    leaving = true;
    new ArrayList<>(lines).forEach(this::leave);
  }

  private void leave(Line line) {
    if (lines.remove(line)) {
      if (manner.leave == Manner.Leave.RESET) {
        line.reset();
      } else {
        line.close();
      }
    }
  }

  /// What became of them, on one line.
  String summary() {
    String text =
        "%s: %d opened, %d refused, %d cut by the balancer, %d more for want of own descriptors or ports"
            .formatted(manner.name, opened, refused, cut, lacking);
    return statuses.isEmpty() ? text : text + ", first statuses " + statuses;
  }

  private final class Guest implements Handler {
    private boolean there;
    private boolean gone;
    private boolean heard;

    @Override
    public void opened(Line line) {
      there = true;
      opened++;
      if (manner.reading != Manner.Reading.ALL) {
        line.reading(false);
      }
      line.send(manner.first);
      if (manner.unit.length > 0) {
        line.stream(flood());
      }
      if (manner.halfCloses) {
        line.halfClose();
      }
      every(line, manner.dripMillis, () -> line.send(manner.drip));
      every(line, manner.reading == Manner.Reading.SIPS ? SIP_MILLIS : 0, () -> line.sip(16));
      if (manner.leaveMillis > 0) {
        loop.after(manner.leaveMillis, () -> leave(line));
      }
    }

    private void every(Line line, int millis, Runnable task) {
      if (millis > 0) {
        loop.after(
            millis,
            () -> {
              if (line.isOpen()) {
                task.run();
                every(line, millis, task);
              }
            });
      }
    }

    private Supplier<ByteBuffer> flood() {
      return new Supplier<>() {
        private long left = manner.unitBytes;

        @Override
        public ByteBuffer get() {
          if (left <= 0) {
            return null;
          }
          int now = (int) Math.min(left, manner.unit.length);
          left -= now;
          return ByteBuffer.wrap(manner.unit, 0, now);
        }
      };
    }

    @Override
    public void received(Line line, ByteBuffer bytes) {
      if (!heard && bytes.remaining() >= 12) {
        heard = true;
        String status = "";
        for (int i = 9; i < 12; i++) {
          status += (char) bytes.get(i);
        }
        statuses.merge(status, 1, Integer::sum);
      }
    }

    @Override
    public void closed(Line line) {
      gone = true;
      boolean mine = !lines.remove(line);
      if (!there) {
        refused++;
      } else if (!mine) {
        cut++;
      }
    }
  }
}
