package dev.weir.swarm.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.weir.swarm.stack.convert.ImageName;
import dev.weir.swarm.stack.convert.StackNames;
import dev.weir.swarm.stack.convert.StackPlan;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.swarm.stack.read.StackLoader;
import dev.weir.swarm.stack.read.StackText;
import dev.weir.swarm.stack.read.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What files say, and what is said of their problems.
class StackLoaderTest {
  @TempDir private Path folder;

  private Stack load(String... texts) throws IOException {
    return load(Map.of("TAG", "1.2", "EMPTY", ""), texts);
  }

  private Stack load(Map<String, String> environment, String... texts) throws IOException {
    List<String> files = new ArrayList<>();
    for (String text : texts) {
      Path file = folder.resolve("f" + files.size() + ".yml");
      Files.writeString(file, text);
      files.add(file.toString());
    }
    return new StackLoader(environment, () -> "services: {web: {image: from-stdin}}").load(files);
  }

  private String refusal(String... texts) {
    try {
      StackPlan.of(load(texts), "stk");
      return "accepted";
    } catch (IOException | IllegalArgumentException e) {
      return String.valueOf(e.getMessage()).replace(folder + "/", "");
    }
  }

  @Test
  void everyProblemIsReportedAtOnceWithFileLineAndPath() {
    assertThat(
            refusal(
                """
                version: "3.7"
                services:
                  web:
                    image: nginx
                    ports:
                      - 99999:80
                    mem_limit: 5m
                    depends_on: {db: {condition: service_healthy}}
                    deploy: {replicas: "2"}
                    colour: red
                """))
        .contains("5 problems")
        .contains("f0.yml:6: services.web.ports[0]: `99999:80`: 99999 is not a port")
        .contains("f0.yml:7: services.web.mem_limit: Swarm does not know it; limits go under")
        .contains("f0.yml:8: services.web.depends_on: must be a list (found: a mapping)")
        .contains(
            "f0.yml:9: services.web.deploy.replicas: must be an integer (found: the string `2`)")
        .contains("f0.yml:10: services.web.colour: unknown key `colour`");
  }

  @Test
  void aKeyOfALaterVersionSaysWhich() {
    assertThat(refusal("version: '3.3'\nservices:\n  web:\n    image: a\n    init: true\n"))
        .contains("f0.yml:5: services.web.init: needs Compose version 3.7; this file says 3.3");
  }

  @Test
  void problemsOfTheConversionHaveTheirPlaceToo() {
    assertThat(
            refusal(
                """
                services:
                  web:
                    image: nginx
                    volumes:
                      - data:/data
                    networks: [front]
                  db:
                    image: "bad image"
                """))
        .contains("3 problems")
        .contains("f0.yml:5: services.web.volumes[0]: `data` is not among the top-level `volumes`")
        .contains("f0.yml:6: services.web.networks: `front` is not among")
        .contains("f0.yml:8: services.db.image: `bad image` is no image name");
  }

  @Test
  void aProblemOfTheSecondFileNamesTheSecondFile() {
    assertThat(
            refusal(
                "services: {web: {image: a}}\n", "services:\n  web:\n    deploy: {mode: many}\n"))
        .contains("f1.yml:3: services.web.deploy.mode: many (expected: replicated");
  }

  @Test
  void brokenYamlReportsTheLine() {
    assertThat(refusal("services:\n  web: [\n"))
        .startsWith("stack: ")
        .contains("f0.yml:3: not YAML");
    assertThat(refusal("services:\n  web: {image: a}\n  web: {image: b}\n"))
        .contains("f0.yml:3: services.web: the key is there twice");
  }

  @Test
  void whatHasNoEffectIsWarnedOfWithItsLine() throws IOException {
    Stack stack =
        load("services:\n  web:\n    image: a\n    privileged: true\n    container_name: x\n");
    assertThat(stack.warnings()).hasSize(2);
    assertThat(stack.warnings().getFirst())
        .endsWith("f0.yml:4: services.web.privileged: has no effect in a swarm");
  }

  @Test
  void variablesAreReplaced() throws IOException {
    Stack stack =
        load(
            """
            services:
              web:
                image: app:${TAG}
                command: ["${NONE:-a b}", "${EMPTY-x}", "${EMPTY:-x}", "$$TAG", "${TAG:?no-hyphen}"]
                deploy: {replicas: "${NONE:-3}"}
            """);
    Map<String, ?> web = Values.map(stack.services().get("web"));
    assertThat(web.get("image")).isEqualTo("app:1.2");
    assertThat(web.get("command")).isEqualTo(List.of("a b", "", "x", "$TAG", "1.2"));
    assertThat(Values.map(web.get("deploy")).get("replicas")).isEqualTo(3L);
  }

  @Test
  void aRequiredVariableThatIsMissingIsNamed() {
    assertThat(refusal("services:\n  web:\n    image: app:${NONE:?say which-one}\n"))
        .contains("f0.yml:3: services.web.image: variable NONE is required (say which-one)");
    assertThat(refusal("services:\n  web:\n    image: app:${NONE:+x}\n"))
        .contains("f0.yml:3: services.web.image: invalid interpolation in `app:${NONE:+x}`");
  }

  @Test
  void laterFilesJoinAndOverride() throws IOException {
    Stack stack =
        load(
            "services: {web: {image: a, ports: ['80:80'], environment: {A: 1, B: 2}, deploy: {replicas: 2}}}",
            "services: {web: {image: b, ports: ['81:80'], environment: {B: 3}, deploy: {replicas: 0}}, db: {image: c}}");
    assertThat(StackText.of(stack))
        .isEqualTo(
            """
            version: '3.13'
            services:
              db:
                image: c
              web:
                deploy:
                  replicas: 0
                environment:
                  A: '1'
                  B: '3'
                image: b
                ports:
                  - mode: ingress
                    protocol: tcp
                    published: 80
                    target: 80
                  - mode: ingress
                    protocol: tcp
                    published: 81
                    target: 80
            """);
  }

  @Test
  void standardInputIsAFile() {
    Stack stack =
        new StackLoader(Map.of(), () -> "services: {web: {image: from-stdin}}").load(List.of("-"));
    assertThat(Values.map(stack.services().get("web")).get("image")).isEqualTo("from-stdin");
  }

  @Test
  void anAliasBombIsRefused() {
    StringBuilder bomb = new StringBuilder("x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 8; i++) {
      bomb.append("x-%d: &a%d [".formatted(i, i));
      bomb.append("*a%d, ".formatted(i - 1).repeat(9)).append("*a%d]\n".formatted(i - 1));
    }
    assertThat(refusal(bomb + "services: {web: {image: a}}\n"))
        .contains("once aliases are expanded");
  }

  @Test
  void aDollarSignBeforeAVariableIsDroppedAsTheDockerCliDoes() throws IOException {
    Stack stack = load("services:\n  web:\n    image: a\n    command: 'a $? $TAG'\n");
    assertThat(Values.map(stack.services().get("web")).get("command"))
        .isEqualTo(List.of("a", "?", "1.2"));
    assertThat(stack.warnings())
        .singleElement(STRING)
        .endsWith(
            "f0.yml:4: services.web.command: `a $? $TAG`: a dollar sign is dropped, as the docker CLI"
                + " does; write $$ for one");
    assertThat(refusal("services:\n  web:\n    image: a\n    command: 'a $TAG $? $$B'\n"))
        .contains("f0.yml:4: services.web.command: invalid interpolation in `a $TAG $? $$B`");
  }

  @Test
  void eachProblemIsOneLineAndEachPathHasOne() {
    assertThat(refusal("services:\n  web:\n    image: a\n    stop_grace_period: \"a\\nb\\tc\"\n"))
        .contains("services.web.stop_grace_period: `a\\nb\\tc`")
        .hasLineCount(1);
    assertThat(refusal("services:\n  web:\n    image: a\n    tty: \"${NONE}\"\n"))
        .contains("f0.yml:4: services.web.tty: `${NONE}`, once its variables are replaced")
        .hasLineCount(1);
    assertThat(
            refusal(
                "services:\n  web:\n    image: a\n    \"a\\nb\": 1\n    ? |\n      c\n      d\n    : 2\n"))
        .hasLineCount(3);
    assertThat(refusal("services:\n  web:\n    image: \"a\\nb\"\n")).hasLineCount(1);
    assertThat(refusal("services:\n  web:\n    image: " + "A".repeat(100_000) + "\n"))
        .hasLineCount(1)
        .hasSizeLessThan(1000);
  }

  @Test
  void versionsThatDifferAreReportedWithTheirPlaces() {
    assertThat(
            refusal(
                "# first\nversion: '3.7'\nservices: {web: {image: a}}\n",
                "version: '3.3'\nservices: {web: {image: a}}\n"))
        .isEqualTo(
            "stack: f1.yml:1: version: says 3.3, and f0.yml:2: version says 3.7; they must be the"
                + " same");
  }

  @Test
  void theOldFormOfANameIsWarnedOfWhereThereIsAnother() throws IOException {
    String volumes = "services: {a: {image: a}}\nvolumes:\n  v: {external: {name: vv}}\n";
    assertThat(load(volumes).warnings())
        .singleElement(STRING)
        .endsWith(
            "f0.yml:3: volumes.v: `external.name` is the old form; write `external: true` and `name`");
    assertThat(load("version: '3.3'\n" + volumes).warnings()).isEmpty();
  }

  @Test
  void aStackNeedsAName() {
    assertThatThrownBy(() -> new StackNames(" "))
        .hasMessage("NAME: ` ` (expected: a stack's name)");
  }

  @Test
  void anImageWithoutATagGetsLatest() {
    assertThat(ImageName.tagged("docker.io/library/nginx")).isEqualTo("nginx:latest");
  }
}
