package dev.weir.testing.aws;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/// Stands before Moto: records each call, makes faults, and adds what Moto lacks of EC2
/// ([Ec2Manners]).
public final class AwsProxy implements AutoCloseable {
  private static final Set<String> KEPT =
      Set.of("authorization", "content-type", "x-amz-date", "x-amz-target", "x-amz-content-sha256");

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<AwsCall> calls = new CopyOnWriteArrayList<>();
  private final List<Socket> waiting = new CopyOnWriteArrayList<>();
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final URI moto;
  private final Ec2Manners manners;
  private volatile Fault.Plan faults = _ -> new Fault.None();
  private int changes;

  /// Listens on a free port of loopback.
  public AwsProxy(URI moto, Ec2Manners manners) throws IOException {
    this.moto = moto;
    this.manners = manners;
    Thread.ofVirtual().start(this::accept);
  }

  /// Where it listens.
  public URI address() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /// From now on with these faults, and with nothing recorded.
  public void restart(Fault.Plan plan) {
    calls.clear();
    changes = 0;
    faults = plan;
  }

  /// All calls so far.
  public List<AwsCall> calls() {
    return List.copyOf(calls);
  }

  /// The calls that change something.
  public List<AwsCall> changes() {
    return calls.stream().filter(AwsCall::changes).toList();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try {
      var in = new BufferedInputStream(client.getInputStream());
      List<String> head = head(in);
      if (head.isEmpty()) {
        return;
      }
      Map<String, String> fields = fields(head);
      String body =
          new String(
              in.readNBytes(Integer.parseInt(fields.getOrDefault("content-length", "0"))),
              StandardCharsets.UTF_8);
      oneAtATime.lock();
      try {
        respond(client, fields, body);
      } finally {
        oneAtATime.unlock();
      }
    } catch (IOException _) {
      // The client has gone; it was killed, or does not want the response.
    } finally {
      if (!waiting.contains(client)) {
        quietlyClosed(client);
      }
    }
  }

  private static void quietlyClosed(Socket client) {
    try {
      client.close();
    } catch (IOException _) {
      // It is gone all the same.
    }
  }

  private void respond(Socket client, Map<String, String> fields, String body) throws IOException {
    AwsCall call = call(fields, body);
    calls.add(call);
    switch (faults.on(call)) {
      case Fault.None() -> send(client, carriedOut(call, fields));
      case Fault.ResetBefore() -> reset(client);
      case Fault.ResetAfter() -> {
        carriedOut(call, fields);
        reset(client);
      }
      case Fault.Silent() -> {
        carriedOut(call, fields);
        waiting.add(client);
      }
      case Fault.Lost() -> waiting.add(client);
      case Fault.Refused(int status, String code) -> send(client, Reply.error(call, status, code));
    }
  }

  private AwsCall call(Map<String, String> fields, String body) {
    String target = fields.getOrDefault("x-amz-target", "");
    var parameters = new TreeMap<String, String>();
    if (target.isEmpty()) {
      for (String pair : body.split("&", -1)) {
        String[] words = pair.split("=", 2);
        parameters.put(decoded(words[0]), words.length < 2 ? "" : decoded(words[1]));
      }
    }
    String action =
        target.isEmpty()
            ? parameters.getOrDefault("Action", "")
            : target.substring(target.indexOf('.') + 1);
    parameters.remove("Action");
    parameters.remove("Version");
    boolean reads = action.startsWith("Describe") || action.startsWith("Get");
    return new AwsCall(calls.size() + 1, reads ? 0 : ++changes, action, parameters, body);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private Reply carriedOut(AwsCall call, Map<String, String> fields) {
    return manners.reply(call, () -> forward(call, fields));
  }

  private Reply forward(AwsCall call, Map<String, String> fields) {
    var request =
        HttpRequest.newBuilder(moto.resolve("/"))
            .POST(HttpRequest.BodyPublishers.ofString(call.body()));
    fields.forEach((name, value) -> {
      if (KEPT.contains(name)) {
        request.header(name, value);
      }
    });
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      String type = response.headers().firstValue("content-type").orElse("text/xml");
      return new Reply(response.statusCode(), type, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  private static void send(Socket client, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %d x\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(reply.status(), reply.type(), body.length);
    client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().write(body);
    client.getOutputStream().flush();
  }

  private static List<String> head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    int last = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      last = last << 8 | next;
      if (last == 0x0d0a0d0a) {
        return head.toString(StandardCharsets.ISO_8859_1).lines().toList();
      }
    }
    return List.of();
  }

  private static Map<String, String> fields(List<String> head) {
    var fields = new TreeMap<String, String>();
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return fields;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    waiting.forEach(AwsProxy::quietlyClosed);
    http.close();
  }
}
