package dev.weir.swarm.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What may change of a service.
final class CountChangeTest {
  /// All that an attacker would like to change.
  private static final String SPEC =
      """
      {"Name":"web",
       "Labels":{"weir.scale":"1..5","weir.scale.mode":"act","weir.scale.set":"2@n1.1","k":"v"},
       "TaskTemplate":{
         "ContainerSpec":{"Image":"a:1","Args":["x"],"Env":["A=b"],"User":"10001","Init":false,
           "Mounts":[{"Type":"bind","Source":"/a","Target":"/a","ReadOnly":true}],
           "CapabilityDrop":["ALL"],"Secrets":[{"SecretID":"s1"}],"Configs":[{"ConfigID":"c1"}],
           "Privileges":{"NoNewPrivileges":true}},
         "Resources":{"Limits":{"NanoCPUs":1000000000}},
         "Placement":{"Constraints":["node.role==worker"]},
         "Networks":[{"Target":"n1"}],"ForceUpdate":0},
       "Mode":{"Replicated":{"Replicas":2}},
       "UpdateConfig":{"Parallelism":1,"MaxFailureRatio":0.1},
       "EndpointSpec":{"Ports":[{"TargetPort":80}]}}
      """;

  @Test
  void theCountAndTheMarkChange() throws Exception {
    ObjectNode posted =
        changed(spec -> {
          replicas(spec, "5");
          labels(spec).put("weir.scale.set", "5@n1-4f2a.17");
        });
    assertThat(CountChange.of(spec()).next(posted)).isEqualTo(posted).isNotEqualTo(spec());
  }

  @Test
  void theOrderOfKeysIsNoDifference() throws Exception {
    ObjectNode posted = spec();
    posted.set("Name", posted.remove("Name"));
    assertThat(CountChange.of(spec()).next(posted)).isEqualTo(spec());
  }

  @Test
  void aFirstMarkIsAdded() throws Exception {
    ObjectNode present = changed(spec -> labels(spec).remove("weir.scale.set"));
    assertThat(CountChange.of(present).next(spec())).isEqualTo(spec());
    assertThat(CountChange.of(present).next(present)).isEqualTo(present);
  }

  @Test
  void zeroNeedsALeastOfZero() throws Exception {
    ObjectNode present = changed(spec -> labels(spec).put("weir.scale", "0..5"));
    ObjectNode posted = replicas(present.deepCopy(), "0");
    assertThat(CountChange.of(present).next(posted)).isEqualTo(posted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "6", "-1", "2.0", "3e0", "\"3\"", "null", "[3]", "4294967299", "1e999"})
  void countsOutsideAreRefused(String count) {
    assertRefused(
        replicas(spec(), count),
        "Mode.Replicated.Replicas is no number within the label weir.scale: 1..5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2", "@n1", "3@", "123456@n", "3@n 1", "3@n\n", "3@n/1", "3@ä", "x@n", "-3@n"})
  void marksOfAnotherFormAreRefused(String mark) {
    assertRefused(
        changed(spec -> labels(spec).put("weir.scale.set", mark)), "the label weir.scale.set is");
  }

  @Test
  void longMarksAndThoseThatAreNoTextsAreRefused() {
    assertRefused(
        changed(spec -> labels(spec).put("weir.scale.set", "3@" + "x".repeat(81))),
        "weir.scale.set");
    assertRefused(changed(spec -> labels(spec).put("weir.scale.set", 3)), "weir.scale.set");
    assertRefused(changed(spec -> labels(spec).remove("weir.scale.set")), "weir.scale.set");
  }

  /// A path, its new value, and the field that the refusal names.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/Name | \"other\" | Name",
        "/Labels/k | \"w\" | Labels",
        "/Labels/weir.scale | \"1..1000\" | Labels",
        "/Labels/weir.scale.mode | \"advise\" | Labels",
        "/Labels/new | \"x\" | Labels",
        "/TaskTemplate/ContainerSpec/Image | \"evil:1\" | TaskTemplate",
        "/TaskTemplate/ContainerSpec/Command | [\"sh\"] | TaskTemplate",
        "/TaskTemplate/ContainerSpec/Args | [\"y\"] | TaskTemplate",
        "/TaskTemplate/ContainerSpec/Args | [] | TaskTemplate",
        "/TaskTemplate/ContainerSpec/Env | [\"A=b\",\"B=c\"] | TaskTemplate",
        "/TaskTemplate/ContainerSpec/User | \"0\" | TaskTemplate",
        "/TaskTemplate/ContainerSpec/Mounts/0/Source | \"/\" | TaskTemplate",
        "/TaskTemplate/ContainerSpec/Mounts/0/ReadOnly | false | TaskTemplate",
        "/TaskTemplate/ContainerSpec/CapabilityDrop | null | TaskTemplate",
        "/TaskTemplate/ContainerSpec/CapabilityAdd | [\"ALL\"] | TaskTemplate",
        "/TaskTemplate/ContainerSpec/Secrets/0/SecretID | \"s2\" | TaskTemplate",
        "/TaskTemplate/ContainerSpec/Configs/0/ConfigID | \"c2\" | TaskTemplate",
        "/TaskTemplate/ContainerSpec/Privileges/NoNewPrivileges | false | TaskTemplate",
        "/TaskTemplate/Resources/Limits/NanoCPUs | 1000000000.0 | TaskTemplate",
        "/TaskTemplate/Placement/Constraints/0 | \"node.role==manager\" | TaskTemplate",
        "/TaskTemplate/Networks/0/Target | \"n2\" | TaskTemplate",
        "/TaskTemplate/ForceUpdate | 1 | TaskTemplate",
        "/TaskTemplate/Runtime | \"plugin\" | TaskTemplate",
        "/Mode/Global | {} | Mode",
        "/Mode/Replicated/More | 1 | Mode",
        "/UpdateConfig/Parallelism | 0 | UpdateConfig",
        "/EndpointSpec/Ports/0/PublishedPort | 80 | EndpointSpec",
        "/Networks | [{\"Target\":\"n2\"}] | a further field",
        "/tasktemplate | {} | a further field",
      })
  void nothingElseChanges(String path, String value, String named) throws Exception {
    ObjectNode posted = set(spec(), path, value);
    assertThat(posted).as("the test changes something").isNotEqualTo(spec());
    assertRefused(
        posted,
        "the spec differs from the present one in %s; only Mode.Replicated.Replicas and the label weir.scale.set may"
            .formatted(named));
    assertThat(CountChange.of(spec()).next(spec())).isEqualTo(spec());
  }

  @Test
  void whatIsMissingDiffersToo() {
    for (String field : spec().propertyNames()) {
      assertThatThrownBy(() -> CountChange.of(spec()).next(changed(spec -> spec.remove(field))))
          .as(field)
          .isInstanceOf(ForbiddenException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "5..1", "0..0", "1..1001", "-1..5", "1...5", "a..b", "1..5x", "99999..1"})
  void withoutBoundsNothingChanges(String scale) {
    assertNoChange(changed(spec -> labels(spec).put("weir.scale", scale)), "no label weir.scale");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "advise", "ACT", "act!", "acts"})
  void withoutTheModeNothingChanges(String mode) {
    assertNoChange(
        changed(spec -> labels(spec).put("weir.scale.mode", mode)),
        "weir.scale.mode of the service");
  }

  @Test
  void withoutLabelsOrANumberNothingChanges() {
    assertNoChange(changed(spec -> labels(spec).remove("weir.scale")), "no label weir.scale");
    assertNoChange(
        changed(spec -> labels(spec).remove("weir.scale.mode")), "weir.scale.mode of the service");
    assertNoChange(changed(spec -> spec.putNull("Labels")), "no label weir.scale");
    assertNoChange(
        changed(spec -> spec.putObject("Mode").putObject("Global")), "it is not replicated");
  }

  /// Labels of the container are those of its image's maker.
  @Test
  void labelsOfTheContainerGiveNoRight() {
    assertNoChange(
        changed(spec ->
            ((ObjectNode) spec.at("/TaskTemplate/ContainerSpec"))
                .set("Labels", spec.remove("Labels"))),
        "no label weir.scale");
  }

  /// The labels that count are those in force, not those that the client sends.
  @Test
  void aClientGivesItselfNoRight() {
    ObjectNode present = changed(spec -> labels(spec).put("weir.scale.mode", "advise"));
    assertThatThrownBy(() -> CountChange.of(present).next(spec()))
        .hasMessageContaining("weir.scale.mode of the service");
  }

  private static void assertRefused(ObjectNode posted, String why) {
    assertThatThrownBy(() -> CountChange.of(spec()).next(posted))
        .isInstanceOf(ForbiddenException.class)
        .hasMessageContaining(why);
  }

  private static void assertNoChange(ObjectNode present, String why) {
    assertThatThrownBy(() -> CountChange.of(present))
        .isInstanceOf(ForbiddenException.class)
        .hasMessageContaining(why);
  }

  private static ObjectNode set(ObjectNode spec, String path, String value) {
    int slash = path.lastIndexOf('/');
    var parent = spec.at(path.substring(0, slash));
    String key = path.substring(slash + 1);
    if (parent instanceof ObjectNode object) {
      object.set(key, JsonMapper.shared().readTree(value));
    } else {
      ((tools.jackson.databind.node.ArrayNode) parent)
          .set(Integer.parseInt(key), JsonMapper.shared().readTree(value));
    }
    return spec;
  }

  private static ObjectNode replicas(ObjectNode spec, String count) {
    return set(spec, "/Mode/Replicated/Replicas", count);
  }

  private static ObjectNode labels(ObjectNode spec) {
    return (ObjectNode) spec.path("Labels");
  }

  private static ObjectNode changed(Consumer<ObjectNode> change) {
    ObjectNode spec = spec();
    change.accept(spec);
    return spec;
  }

  private static ObjectNode spec() {
    return (ObjectNode) JsonMapper.shared().readTree(SPEC);
  }
}
