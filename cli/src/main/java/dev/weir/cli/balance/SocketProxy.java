package dev.weir.cli.balance;

import dev.weir.observe.http.AgentHttpServer;
import dev.weir.observe.http.HeldResponse;
import dev.weir.observe.http.Request;
import dev.weir.observe.http.Response;
import dev.weir.observe.http.StreamedResponse;
import dev.weir.swarm.engine.EngineStream;
import dev.weir.swarm.gate.EngineGate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Forwards the requests that an [EngineGate] allows, with header fields of its own, and logs each
/// refused path once.
final class SocketProxy implements AgentHttpServer.Pages {
  private static final int SAID_MAX = 100;
  private static final int SHOWN_LETTERS_MAX = 200;
  private static final int BUFFER_BYTES = 16 << 10;
  private static final String JSON = "application/json";
  private static final Pattern JSON_TYPE =
      Pattern.compile("application/json(; ?charset=utf-8)?", Pattern.CASE_INSENSITIVE);

  private final EngineGate gate;
  private final Consumer<String> log;
  private final Set<String> said = new HashSet<>();

  SocketProxy(EngineGate gate, Consumer<String> log) {
    this.gate = gate;
    this.log = log;
  }

  @Override
  public Response respond(Request request) {
    return switch (ask(request)) {
      case EngineGate.Alive(String version) ->
          new HeldResponse(200, "text/plain; charset=utf-8", Map.of("Api-Version", version), "OK");
      case EngineGate.Passed(EngineStream stream, boolean endless) ->
          new StreamedResponse(JSON, endless, new Relay(stream));
      case EngineGate.Written(int status, String json) ->
          new HeldResponse(status, JSON, Map.of(), json);
      case EngineGate.Refused(int status, String json, boolean forbidden) -> {
        if (forbidden) {
          say(request);
        }
        yield new HeldResponse(status, JSON, Map.of(), json);
      }
    };
  }

  private EngineGate.Reply ask(Request request) {
    if (request.body().isPresent()) {
      return gate.post(request.target(), request.body().get());
    }
    boolean plain = !request.hasBody() && !request.wantsMore();
    return gate.ask(request.method(), request.target(), plain);
  }

  /// A body is read only of a request that the gate may let through. Web pages cannot send its
  /// media type to other hosts without asking first, and OPTIONS is refused.
  @Override
  public int bodyBytesMax(Request head) {
    boolean isJson = JSON_TYPE.matcher(head.fields().getOrDefault("content-type", "")).matches();
    return isJson && gate.wantsBody(head.method(), head.target()) ? EngineGate.BODY_BYTES_MAX : 0;
  }

  private void say(Request request) {
    String path = request.method() + " " + request.target().replaceFirst("\\?.*", "");
    String shown = path.substring(0, Math.min(path.length(), SHOWN_LETTERS_MAX));
    synchronized (said) {
      if (said.size() >= SAID_MAX || !said.add(shown)) {
        return;
      }
      log.accept("refused: %s (logged once)".formatted(shown));
      if (said.size() == SAID_MAX) {
        log.accept("refused: %d different paths; more are not shown".formatted(SAID_MAX));
      }
    }
  }

  /// An Engine's response, passed on piece by piece.
  private record Relay(EngineStream stream) implements StreamedResponse.Body {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
