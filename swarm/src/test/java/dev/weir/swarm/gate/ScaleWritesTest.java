package dev.weir.swarm.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.FakeEngine;
import dev.weir.swarm.scale.ScalerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The gate before an Engine that records what reaches it: what the preset `scale` writes.
@Timeout(60)
final class ScaleWritesTest {
  private static final String STALE =
      "{\"message\":\"rpc error: code = Unknown desc = update out of sequence\"}";
  private static final String SPEC =
      """
      {"Name":"web","Labels":{"weir.scale":"1..5","weir.scale.mode":"act"},
       "TaskTemplate":{"ContainerSpec":{"Image":"a:1"}},"Mode":{"Replicated":{"Replicas":2}}}
      """;
  private static final String CONFIG =
      "{\"Name\":\"weir-scaler\",\"Data\":\"%s\",\"Labels\":{\"weir.a\":\"1\"}}"
          .formatted(ScalerConfig.encodedData());
  private static final String UPDATE = "/v1.24/services/%s/update?registryAuthFrom=spec&version=%d";
  private static final String RELABEL = "/v1.24/configs/%s/update?version=%d";

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FakeEngine fake;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Engine engine;

  @SuppressWarnings("NullAway.Init") // set before each test
  private EngineGate gate;

  @BeforeEach
  void start() throws IOException {
    fake = FakeEngine.at(folder.resolve("docker.sock"), ScaleWritesTest::respond);
    engine = Engine.connect(fake.address());
    gate = new EngineGate(engine, EnumSet.of(Preset.SCALE));
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
    fake.close();
  }

  /// A swarm of two services and two configs, each of version 20.
  private static void respond(FakeEngine.Request request, FakeEngine.Response response)
      throws IOException {
    switch (request.line()) {
      case "GET /services/web", "GET /services/s1" -> response.json(200, object("s1", SPEC));
      case "GET /services/db" ->
          response.json(200, object("s2", SPEC.replace("\"act\"", "\"advise\"")));
      case "GET /configs/weir-scaler" -> response.json(200, object("c1", CONFIG));
      case "POST /services/s1/update" -> update(request, response, "{\"Warnings\":null}");
      case "POST /configs/c1/update" -> update(request, response, "");
      case "POST /configs/create" -> response.json(201, "{\"ID\":\"c1\"}");
      default -> response.json(404, "{\"message\":\"%s not found\"}".formatted(request.path()));
    }
  }

  private static void update(FakeEngine.Request request, FakeEngine.Response response, String done)
      throws IOException {
    boolean isLatest = "20".equals(request.query().get("version"));
    response.json(isLatest ? 200 : 500, isLatest ? done : STALE);
  }

  private static String object(String id, String spec) {
    return "{\"ID\":\"%s\",\"Version\":{\"Index\":20},\"Spec\":%s}".formatted(id, spec);
  }

  private static String scaled(int count) {
    return SPEC.replace("\"Replicas\":2", "\"Replicas\":" + count)
        .replace("\"act\"", "\"act\",\"weir.scale.set\":\"%d@n1.1\"".formatted(count));
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "s1"})
  void theCountIsWritten(String service) {
    assertThat(gate.post(UPDATE.formatted(service, 20), scaled(4)))
        .isEqualTo(new EngineGate.Written(200, "{\"Warnings\":null}"));
    FakeEngine.Request written = fake.requests().getLast();
    assertThat(lines()).containsExactly("GET /services/" + service, "POST /services/s1/update");
    assertThat(written.query()).isEqualTo(Map.of("version", "20", "registryAuthFrom", "spec"));
    assertThat(JsonMapper.shared().readTree(written.text()))
        .isEqualTo(JsonMapper.shared().readTree(scaled(4)));
  }

  /// In an old version the Engine would drop what that did not know.
  @Test
  void theGateReadsAndWritesInItsOwnVersion() {
    gate.post(UPDATE.formatted("web", 20), scaled(4));
    gate.post(RELABEL.formatted("weir-scaler", 20), CONFIG);
    gate.post("/v1.24/configs/create", CONFIG);
    assertThat(fake.requests())
        .hasSize(5)
        .allSatisfy(request -> assertThat(request.version()).isEqualTo("1.41"));
  }

  /// Spaces, order and escapes are the client's; the bytes that arrive are not.
  @Test
  void noByteOfTheClientArrives() {
    String odd = scaled(4).strip().replace("\"Name\":\"web\",", "").replaceFirst("}$", ",  ");
    odd += "\"N\\u0061me\":\"web\"}";
    assertThat(gate.post(UPDATE.formatted("web", 20), odd)).isInstanceOf(EngineGate.Written.class);
    assertThat(fake.requests().getLast().text())
        .startsWith("{\"Name\":\"web\"")
        .doesNotContain(" ", "u0061");
  }

  @Test
  void anOldVersionGetsTheEnginesRefusal() {
    var refused = new EngineGate.Refused(500, STALE, false);
    assertThat(gate.post(UPDATE.formatted("web", 19), scaled(4))).isEqualTo(refused);
    assertThat(gate.post(RELABEL.formatted("c1", 19), CONFIG)).isEqualTo(refused);
    assertThat(fake.requests().getLast().query()).containsEntry("version", "19");
  }

  /// The client read another spec then, so it cannot equal the present one.
  @Test
  void anOldSpecGetsItTooAndIsNotWritten() {
    String evil = scaled(4).replace("a:1", "evil:1");
    assertThat(gate.post(UPDATE.formatted("web", 19), evil))
        .isEqualTo(new EngineGate.Refused(500, STALE, false));
    assertThat(JsonMapper.shared().readTree(fake.requests().getLast().text()))
        .isEqualTo(JsonMapper.shared().readTree(SPEC));
  }

  /// Otherwise it could undo the change that reaches this version meanwhile.
  @Test
  void aVersionOfTheFutureIsRefused() {
    assertForbidden(gate.post(UPDATE.formatted("web", 21), scaled(4)), "version 21 is not reached");
    assertForbidden(gate.post(RELABEL.formatted("c1", 21), CONFIG), "version 21 is not reached");
    assertNothingWritten();
  }

  @Test
  void whatTheLabelsForbidIsNotWritten() {
    assertForbidden(
        gate.post(UPDATE.formatted("db", 20), scaled(4)),
        "weir.scale.mode of the service is not act");
    assertForbidden(
        gate.post(UPDATE.formatted("db", 19), scaled(4)),
        "weir.scale.mode of the service is not act");
    assertForbidden(gate.post(UPDATE.formatted("web", 20), scaled(6)), "weir.scale: 1..5");
    assertForbidden(
        gate.post(UPDATE.formatted("web", 20), scaled(4).replace("a:1", "evil:1")),
        "differs from the present one in TaskTemplate");
    assertForbidden(gate.post(UPDATE.formatted("web", 20), "[]"), "no JSON object");
    assertNothingWritten();
  }

  @Test
  void aMissingServiceGetsTheEnginesWords() {
    assertThat(gate.post(UPDATE.formatted("none", 20), scaled(4)))
        .isEqualTo(
            new EngineGate.Refused(404, "{\"message\":\"/services/none not found\"}", false));
  }

  @Test
  void theConfigIsMadeAndLabelled() {
    assertThat(gate.post("/v1.41/configs/create", CONFIG))
        .isEqualTo(new EngineGate.Written(201, "{\"ID\":\"c1\"}"));
    String labelled = CONFIG.replace("\"1\"", "\"2\"");
    assertThat(gate.post(RELABEL.formatted("weir-scaler", 20), labelled))
        .isEqualTo(new EngineGate.Written(200, "{}"));
    assertThat(JsonMapper.shared().readTree(fake.requests().getLast().text()))
        .isEqualTo(JsonMapper.shared().readTree(labelled));
  }

  /// Whether there is another config of this id is not said: it is never asked for.
  @Test
  void otherConfigsStay() {
    assertForbidden(gate.post(RELABEL.formatted("c2", 20), CONFIG), "only the config weir-scaler");
    assertForbidden(
        gate.post("/v1.41/configs/create", CONFIG.replace("weir-scaler", "mine")),
        "only the config weir-scaler");
    assertForbidden(
        gate.post(RELABEL.formatted("c1", 20), CONFIG.replace("weir-scaler", "mine")),
        "only its labels may");
    assertThat(lines()).allMatch(line -> line.equals("GET /configs/weir-scaler"));
  }

  @Test
  void otherPresetsWriteNothing() {
    var reader = new EngineGate(engine, EnumSet.of(Preset.BALANCE, Preset.AGENT));
    String target = UPDATE.formatted("web", 20);
    assertThat(gate.wantsBody("POST", target)).isTrue();
    assertThat(gate.wantsBody("GET", target)).isFalse();
    assertThat(gate.wantsBody("POST", "/v1.41/services/create")).isFalse();
    assertThat(reader.wantsBody("POST", target)).isFalse();
    assertForbidden(reader.post(target, scaled(4)), "only GET");
    assertForbidden(gate.post("/v1.41/services/create", scaled(4)), "only GET");
    assertForbidden(gate.ask("POST", target, false), "only GET");
    assertThat(fake.requests()).isEmpty();
  }

  private List<String> lines() {
    return fake.requests().stream().map(FakeEngine.Request::line).toList();
  }

  private void assertNothingWritten() {
    assertThat(lines()).noneMatch(line -> line.startsWith("POST"));
  }

  private static void assertForbidden(EngineGate.Reply reply, String why) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            EngineGate.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(403);
              assertThat(refused.forbidden()).isTrue();
              assertThat(refused.json())
                  .startsWith("{\"message\":\"weir socket-proxy: ")
                  .contains(why);
            });
  }
}
