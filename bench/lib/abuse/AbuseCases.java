import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The attacks and faults of bench/abuse.
final class AbuseCases {
  private static final String HOST = "Host: weir.test\r\n";
  private static final String GET = "GET / HTTP/1.1\r\n" + HOST + "\r\n";
  private static final String FAT_FIELDS = fatFields();
  private static final int FAT_BYTES = FAT_FIELDS.length() + GET.length();
  private static final String CHUNKED_POST =
      "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";

  private AbuseCases() {}

  /// @param scale how many clients attack, as a share of the full number
  static AbuseCase named(String name, double scale) {
    AbuseCase found = all().get(name);
    if (found != null) {
      found.attack.forEach(manner -> manner.scaled(scale));
    }
    return found;
  }

  /// All cases by name, in the order in which they run.
  static Map<String, AbuseCase> all() {
    List<AbuseCase> cases = new ArrayList<>();
    connections(cases);
    memory(cases);
    slots(cases);
    storms(cases);
    endless(cases);
    badReplicas(cases);
    faults(cases);
    stops(cases);
    var byName = new LinkedHashMap<String, AbuseCase>();
    cases.forEach(each -> byName.put(each.name, each));
    return byName;
  }

  private static AbuseCase add(List<AbuseCase> to, String name, String what) {
    var made = new AbuseCase(name, what);
    to.add(made);
    return made;
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n";
  }

  private static String fatFields() {
    var fields = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      fields.append("X-Fat-").append(i).append(": ").append("f".repeat(15_000)).append("\r\n");
    }
    return fields.toString();
  }

  private static void connections(List<AbuseCase> to) {
    add(
            to,
            "descriptors",
            "ulimit -n 256; 20,000 connections wanted; requests on open ones; all leave")
        .descriptors(256)
        .attackers(
            Manner.of("talkers", 40, 1_000).drips(GET, 50),
            Manner.of("crowd", 12_000, 8_000).again().attempts(20_000));
    add(to, "full-house", "3,000 connections where 500 are allowed")
        .weir("--connections-max", "500")
        .weirOnly()
        .attackers(Manner.of("crowd", 3_000, 3_000).again());
    add(to, "idle", "10,000 idle connections")
        .heap("48m")
        .lasts(8)
        .attackers(Manner.of("idlers", 10_000, 3_000));
    add(to, "slow-heads", "10,000 heads, a byte each 2 s")
        .heap("48m")
        .lasts(14)
        .attackers(
            Manner.of("drippers", 10_000, 2_500)
                .says("GET / HTTP/1.1\r\n" + HOST + "X-Slow: ")
                .drips("s", 2_000)
                .again());
    add(to, "admin-idle", "4,000 idle connections to the admin port")
        .weirOnly()
        .served()
        .attackers(Manner.of("idlers", 4_000, 2_000).admin());
    add(to, "admin-slow", "4,000 slow heads to the admin port")
        .weirOnly()
        .served()
        .attackers(
            Manner.of("drippers", 4_000, 2_000)
                .admin()
                .says("GET /metrics HTTP/1.1\r\nX: ")
                .drips("s", 1_000));
    add(to, "admin-flood", "/metrics asked for on and on by 200 clients that do not read")
        .weirOnly()
        .served()
        .attackers(
            Manner.of("askers", 200, 200)
                .admin()
                .floods(get("/metrics"))
                .reads(Manner.Reading.NONE)
                .again());
  }

  private static void memory(List<AbuseCase> to) {
    Manner.Reading none = Manner.Reading.NONE;
    add(to, "fat-heads", "8,000 GETs with heads of 60 kB queued before stalled replicas; all leave")
        .heap("256m")
        .head(FAT_BYTES)
        .slots(2)
        .lasts(8)
        .attackers(
            Manner.of("fat", 8_000, 2_000)
                .says("GET /stall HTTP/1.1\r\n" + HOST + FAT_FIELDS + "\r\n"));
    add(to, "fat-heads-small", "900 of them at the small heap")
        .heap("48m")
        .head(FAT_BYTES)
        .slots(2)
        .attackers(
            Manner.of("fat", 900, 1_000)
                .says("GET /stall HTTP/1.1\r\n" + HOST + FAT_FIELDS + "\r\n"));
    add(to, "partial-heads", "4,000 heads that stop after 60 kB")
        .head(FAT_BYTES)
        .lasts(8)
        .attackers(Manner.of("fat", 4_000, 2_000).says("GET / HTTP/1.1\r\n" + HOST + FAT_FIELDS));
    add(to, "queue-left", "10,000 clients that leave while they are queued")
        .slots(2)
        .lasts(8)
        .attackers(
            Manner.of("stallers", 6, 1_000).says(get("/stall")),
            Manner.of("leavers", 10_000, 2_500).says(GET).stays(3_000));
    add(to, "slow-readers", "1,000 clients that read 5 MB a few bytes at a time")
        .attackers(
            Manner.of("sippers", 1_000, 1_000)
                .says(get("/big?5000000"))
                .reads(Manner.Reading.SIPS));
    add(to, "uploads", "2,000 uploads of 10 MB to replicas that read no more")
        .attackers(
            Manner.of("uploaders", 2_000, 1_000)
                .says("POST /stall HTTP/1.1\r\n" + HOST + "Content-Length: 10000000\r\n\r\n")
                .floods("u", 10_000_000));
    add(to, "pipelines", "400 clients that send requests on and on and read no response")
        .attackers(Manner.of("pipeliners", 400, 400).floods(get("/big?20000")).reads(none).again());
    add(to, "pipelines-read", "20 clients that send requests on and on and read")
        .attackers(Manner.of("pipeliners", 20, 100).floods(GET, 200_000).again());
    add(to, "event-streams", "1,000 event streams open")
        .served()
        .attackers(Manner.of("listeners", 1_000, 1_000).says(get("/events")));
    add(to, "websockets", "1,000 WebSocket tunnels, idle, then cut")
        .served()
        .attackers(
            Manner.of("tunnels", 1_000, 1_000)
                .says(
                    "GET /ws HTTP/1.1\r\n"
                        + HOST
                        + "Connection: Upgrade\r\n"
                        + "Upgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .leaves(Manner.Leave.RESET));
    add(to, "tunnel-floods", "100 tunnels that send on and on and read nothing of the echo")
        .attackers(
            Manner.of("flooders", 100, 200)
                .says(
                    "GET /ws HTTP/1.1\r\n"
                        + HOST
                        + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
                .floods("f")
                .reads(none));
    add(to, "expectations", "1,000 uploads that wait for 100 (Continue) and send nothing")
        .attackers(
            Manner.of("waiters", 1_000, 1_000)
                .says(
                    "POST /stall HTTP/1.1\r\n"
                        + HOST
                        + "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n"));
    add(to, "memory-option", "fat heads under --memory")
        .needs("--memory")
        .weir("--memory", "24m")
        .heap("96m")
        .slots(2)
        .weirOnly()
        .attackers(
            Manner.of("fat", 4_000, 2_000)
                .says("GET /stall HTTP/1.1\r\n" + HOST + FAT_FIELDS + "\r\n"),
            Manner.of("partial", 2_000, 1_000).says("GET / HTTP/1.1\r\n" + HOST + FAT_FIELDS));
  }

  private static void slots(List<AbuseCase> to) {
    add(to, "slow-uploads", "6 uploads, a byte each 150 ms, three replicas of two slots")
        .slots(2)
        .served()
        .attackers(
            Manner.of("uploaders", 6, 100)
                .says("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 100000\r\n\r\n")
                .drips("u", 150));
    add(to, "slow-slots", "6 readers of big responses, three replicas of two slots")
        .slots(2)
        .served()
        .attackers(
            Manner.of("sippers", 6, 100).says(get("/big?50000000")).reads(Manner.Reading.SIPS));
    add(
            to,
            "stream-slots",
            "6 event streams and 6 responses that stay open in silence, three replicas of two"
                + " slots")
        .slots(2)
        .served()
        .attackers(
            Manner.of("listeners", 6, 100).says(get("/events")),
            Manner.of("polls", 6, 100).says(get("/poll")));
  }

  private static void storms(List<AbuseCase> to) {
    add(to, "resets", "2,000 clients a second that ask and reset")
        .attackers(
            Manner.of("resetters", 400, 2_000)
                .says(GET)
                .stays(15)
                .leaves(Manner.Leave.RESET)
                .again());
    add(to, "connects", "2,000 clients a second that connect and close")
        .attackers(Manner.of("visitors", 400, 2_000).stays(5).again());
    add(to, "half-closes", "500 clients a second that ask, say that they send no more, and wait")
        .attackers(Manner.of("half", 300, 500).says(GET).halfCloses().stays(500).again());
    add(to, "noise", "1,000 clients a second that speak TLS, or nothing that is known")
        .attackers(
            Manner.of("tls", 200, 500)
                .says("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003rnd")
                .stays(200)
                .again(),
            Manner.of("noise", 200, 500)
                .says("\u0000\u00ff\u0001 \u0007\n\n\n\r\r" + "\u00fe".repeat(500))
                .stays(200)
                .again());
  }

  private static void endless(List<AbuseCase> to) {
    add(to, "endless-headers", "100 heads without an end")
        .attackers(
            Manner.of("flooders", 100, 200)
                .says("GET / HTTP/1.1\r\n" + HOST)
                .floods("X-Endless: eeeeeeee\r\n")
                .again());
    add(to, "endless-extensions", "100 chunk extensions without an end")
        .attackers(Manner.of("flooders", 100, 200).says(CHUNKED_POST + "5;x=").floods("e").again());
    add(to, "endless-trailers", "100 bodies with trailers without an end")
        .attackers(
            Manner.of("flooders", 100, 200)
                .says(CHUNKED_POST + "1\r\nx\r\n0\r\n")
                .floods("T: eeeeeeee\r\n")
                .again());
    add(to, "endless-uploads", "50 bodies without an end, to replicas that respond 401 before")
        .attackers(
            Manner.of("uploaders", 50, 100)
                .says("POST /early401 HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n")
                .floods("10\r\nuuuuuuuuuuuuuuuu\r\n")
                .again());
  }

  /// One of three replicas is bad for all clients.
  private static void badReplicas(List<AbuseCase> to) {
    bad(to, "bad-reset", Fault.RESET, "resets each connection that has a request");
    bad(to, "bad-garbage", Fault.GARBAGE, "responds with random bytes");
    bad(to, "bad-drip-head", Fault.DRIP_HEAD, "sends its head a byte each 100 ms");
    bad(to, "bad-silent", Fault.SILENT, "accepts and never responds");
    bad(to, "bad-endless-headers", Fault.ENDLESS_HEADERS, "sends a head without an end");
    bad(to, "bad-endless-1xx", Fault.ENDLESS_1XX, "sends interim responses without an end");
  }

  private static void bad(List<AbuseCase> to, String name, Fault fault, String does) {
    String word = fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    add(to, name, "one replica of three " + does)
        .act(stage -> {
          stage.replica(0, "fault " + word);
          stage.pause(6);
          stage.replica(0, "fault none");
        });
  }

  /// A path at which all replicas do wrong, asked for by attackers.
  private static void faults(List<AbuseCase> to) {
    path(to, "path-reset", Fault.RESET, "replicas reset at one path");
    path(to, "path-endless-body", Fault.ENDLESS_BODY, "bodies without an end at one path");
    path(to, "path-stall-body", Fault.STALL_BODY, "a head and no body at one path");
    path(to, "path-mid-close", Fault.MID_CLOSE, "replicas close in mid-body at one path");
    path(to, "path-endless-headers", Fault.ENDLESS_HEADERS, "heads without an end at one path");
    add(
            to,
            "kill-restart",
            "two replicas, one of them killed and started again each half second in turn")
        .replicas(2)
        .rate(300)
        .lasts(8)
        .served()
        .act(stage -> {
          for (int i = 0; i < 8; i++) {
            stage.replica(i % 2, "kill");
            stage.pause(.5);
            stage.replica(i % 2, "open");
            stage.pause(.5);
          }
        });
    add(to, "all-down", "all replicas down for 5 s, then back")
        .act(stage -> {
          for (int i = 0; i < 3; i++) {
            stage.replica(i, "kill");
          }
          stage.pause(5);
          for (int i = 0; i < 3; i++) {
            stage.replica(i, "open");
          }
        });
    add(to, "replica-stopped", "SIGSTOP for 5 s of one replica of three")
        .apart()
        .act(stage -> {
          stage.signal(0, "STOP");
          stage.pause(5);
          stage.signal(0, "CONT");
        });
    add(to, "deaf-names", "the first replica is a name, and the name server does not respond")
        .deafNames()
        .served()
        .lasts(8);
  }

  private static void path(List<AbuseCase> to, String name, Fault fault, String what) {
    String word = fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    add(to, name, "50 clients, " + what)
        .attackers(Manner.of("askers", 50, 100).says(get("/fault/" + word)).stays(500).again());
  }

  private static void stops(List<AbuseCase> to) {
    add(to, "balancer-stopped", "SIGSTOP for 4 s of the balancer itself, under load")
        .attackers(Manner.of("talkers", 100, 1_000).drips(GET, 100).again())
        .act(stage -> {
          stage.pause(1);
          stage.signal(-1, "STOP");
          stage.pause(4);
          stage.signal(-1, "CONT");
        });
    add(to, "stop", "SIGTERM under load, with streams and stalled requests, and 3 s of grace")
        .ends()
        .attackers(
            Manner.of("talkers", 50, 1_000).drips(GET, 100),
            Manner.of("listeners", 20, 1_000).says(get("/events")),
            Manner.of("stallers", 20, 1_000).says(get("/stall")))
        .act(stage -> {
          stage.pause(3);
          stage.signal(-1, "TERM");
        });
    add(to, "stop-pressed", "SIGTERM while fat heads fill the queue, and 3 s of grace")
        .ends()
        .faulty()
        .heap("48m")
        .slots(2)
        .weirOnly()
        .lasts(8)
        .attackers(
            Manner.of("fat", 2_000, 2_000)
                .says("GET /stall HTTP/1.1\r\n" + HOST + FAT_FIELDS + "\r\n"))
        .act(stage -> {
          stage.pause(3);
          stage.signal(-1, "TERM");
        });
  }
}
