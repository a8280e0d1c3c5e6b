import java.util.Locale;
import java.util.SplittableRandom;

/// A balancer's connection to a replica of bench/soak: some requests meet a fault, and everything
/// is in the journal.
///
/// Requests without an id are those of hostile clients. They are served as in bench/abuse.
final class SoakLine extends ReplicaLine {
  private static final long NONE = -1;

  /// Faults of single requests; all others are served.
  private static final Fault[] FAULTS = {
    Fault.RESET, Fault.RESET, Fault.MID_CLOSE, Fault.GARBAGE, Fault.STALL_BODY, Fault.SILENT
  };

  private static final double FAULT_SHARE = .02;

  private final BadReplica replica;
  private final Journal journal;
  private final SplittableRandom random;
  private long id = NONE;
  private String path = "";

  SoakLine(BadReplica replica, Journal journal, SplittableRandom random) {
    super(replica);
    this.replica = replica;
    this.journal = journal;
    this.random = random;
  }

  @Override
  public void head(String head, String newPath) {
    String given = RequestReader.field(head.toLowerCase(Locale.ROOT), "x-soak-id");
    if (given == null) {
      id = NONE;
      super.head(head, newPath);
      return;
    }
    id = Long.parseLong(given);
    path = newPath;
    journal.note(replica.port, id, "took");
    if (replica.fault == Fault.SILENT) {
      fail(Fault.SILENT);
    } else if (random.nextDouble() < FAULT_SHARE) {
      fail(FAULTS[random.nextInt(FAULTS.length)]);
    }
  }

  private void fail(Fault fault) {
    journal.note(replica.port, id, fault.name());
    path = "";
    commit(fault);
  }

  @Override
  public void complete() {
    if (id == NONE) {
      super.complete();
      return;
    }
    int query = path.indexOf('?');
    int number = query < 0 ? 0 : Integer.parseInt(path.substring(query + 1));
    switch (query < 0 ? path : path.substring(0, query)) {
      case "" -> {}
      case "/soak/ws" -> {
        tunnel = true;
        line.send(
            bytes(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + ids()));
      }
      case "/soak/events" -> {
        line.send(
            bytes(
                "HTTP/1.1 200 OK\r\n"
                    + "Content-Type: text/event-stream\r\n"
                    + "Transfer-Encoding: chunked\r\n"
                    + ids()));
        every(500, bytes("9\r\ndata: 1\n\n\r\n"));
      }
      case "/soak/slow" -> line.loop.after(number, () -> respond(3));
      default -> respond(Math.max(3, number));
    }
  }

  private void respond(int bytes) {
    if (line.isOpen()) {
      line.send(bytes("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n" + ids()));
      body(bytes);
      journal.note(replica.port, id, "responded");
      id = NONE;
    }
  }

  private String ids() {
    return "X-Soak-Id: " + id + "\r\nX-Replica: " + replica.port + "\r\n\r\n";
  }

  @Override
  public void closed(Line gone) {
    super.closed(gone);
    if (id != NONE) {
      journal.note(replica.port, id, replica.dying ? "killed" : "left");
    }
  }
}
