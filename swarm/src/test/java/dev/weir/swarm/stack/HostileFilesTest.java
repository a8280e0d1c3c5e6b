package dev.weir.swarm.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.swarm.stack.convert.StackPlan;
import dev.weir.swarm.stack.read.StackLoader;
import dev.weir.testing.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Compose files that are meant to do harm, and files they name: each is refused in one line, or
/// read, and soon. Before there were bounds they took minutes, or all memory.
@Timeout(120)
class HostileFilesTest {
  private static final String GOOD =
      """
      services:
        web: &web
          image: app:${TAG:-1}
          ports: ["80:8080", "81-83:81-83/udp"]
          environment: {A: "1", B: '${B-x}'}
          deploy: {replicas: 2, labels: [weir.port=80]}
        api:
          <<: *web
          command: sh -c "a 'b c' $$X"
      networks: {default: {driver: overlay}}
      """;

  @TempDir private Path folder;

  private String load(String text) {
    Path file = folder.resolve("f.yml");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return outcome(file.toString());
  }

  private String outcome(String file) {
    try {
      StackPlan.of(new StackLoader(Map.of(), () -> "").load(List.of(file)), "stk");
      return "accepted";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage()).replace(folder + "/", "");
    }
  }

  static Stream<Arguments> bombs() {
    String services = "services: {a: {image: a}}\n";
    var steps = new StringBuilder();
    for (int depth = 0; depth < 200; depth++) {
      steps.append(" ".repeat(depth)).append("k:\n");
    }
    var chain = new StringBuilder("x-0: &a0 [x]\n");
    for (int i = 1; i < 600; i++) {
      chain.append("x-%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
    }
    var keys = new StringBuilder("x-a:\n  ? " + "k".repeat(300_000) + "\n  :\n");
    for (int i = 0; i < 50_000; i++) {
      keys.append("    - a\n");
    }
    return Stream.of(
        Arguments.of("flow lists", "x: " + "[".repeat(100_000), "levels deep"),
        Arguments.of("flow mappings", "x: " + "{a: ".repeat(100_000), "levels deep"),
        Arguments.of("block lists", "- ".repeat(100_000), "levels deep"),
        Arguments.of("block keys", "? ".repeat(100_000), "levels deep"),
        Arguments.of("block mappings", steps.toString(), "levels deep"),
        Arguments.of("aliases in aliases", chain + services, "levels deep"),
        Arguments.of(
            "values", "x-a: [" + "a,".repeat(400_000) + "]\n" + services, "keys and values"),
        Arguments.of("paths", keys + services, "too long: its keys"),
        Arguments.of(
            "a scalar", "x-a: " + "a".repeat(3 << 20) + "\n" + services, "larger than 1024 KiB"),
        Arguments.of("comments", "# a\n".repeat(600_000) + services, "larger than 1024 KiB"),
        Arguments.of(
            "ports",
            "services: {a: {image: a, ports: ['1-60000:1-60000']}}",
            "services.a.ports[0]: `1-60000:1-60000`: a service publishes at most 20000 ports"),
        Arguments.of(
            "many ports",
            "services: {a: {image: a, ports: ["
                + "'1-15000:1-15000/udp', '1-15000:1-15000', ".repeat(1)
                + "]}}",
            "services.a.ports[1]: `1-15000:1-15000`: a service publishes at most 20000 ports"),
        Arguments.of(
            "an exponent",
            "services: {a: {image: a, deploy: {resources: {limits: {cpus: '1e999999999'}}}}}",
            "expected: a number such as 0.5"),
        Arguments.of(
            "digits",
            "services: {a: {image: a, stop_grace_period: " + "9".repeat(900_000) + "s}}",
            "not a duration"),
        Arguments.of(
            "a number", "services: {a: {image: a, tty: " + "9".repeat(900_000) + "}}", "tty"),
        Arguments.of(
            "an image", "services: {a: {image: " + "a/".repeat(400_000) + "a}}", "no image name"),
        Arguments.of(
            "dollars",
            "services: {a: {image: a, command: '" + "${a:-".repeat(150_000) + "'}}",
            "services.a.command: invalid interpolation"),
        Arguments.of(
            "lists of lists",
            services + "x-a: [" + "[], ".repeat(100_000) + "]",
            "keys and values"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void aBombIsRefusedInOneLine(String name, String text, String words) {
    assertThat(load(text)).as(name).contains(words).hasLineCount(1).hasSizeLessThan(1000);
  }

  @Test
  void manyRangesOfPortsAreReadInNoTime() {
    var ports = new StringBuilder("services:\n  a:\n    image: a\n    ports:\n");
    for (int i = 1; i < 30_000; i++) {
      ports.append("    - %d-60000:%d-60000\n".formatted(i, i));
    }
    assertThat(load(ports.toString())).contains("at most 20000 ports");
    assertThat(load("services: {a: {image: a, ports: ['10000-20000:10000-20000/udp']}}"))
        .isEqualTo("accepted");
  }

  @ParameterizedTest
  @MethodSource("references")
  void aFileThatIsNoneIsNotOpened(String reference) throws Exception {
    Files.createDirectory(folder.resolve("folder"));
    Files.write(folder.resolve("huge"), new byte[9 << 20]);
    assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor())
        .isZero();
    assertThat(load(reference.formatted("/dev/zero"))).contains("/dev/zero: is a device or a pipe");
    assertThat(load(reference.formatted("pipe"))).contains("pipe: is a device or a pipe");
    assertThat(load(reference.formatted("folder"))).contains("is a folder");
    assertThat(load(reference.formatted("huge"))).contains("huge: is larger than");
    assertThat(load(reference.formatted("none"))).contains("none: there is no such file");
    assertThat(load(reference.formatted("/dev/null"))).isEqualTo("accepted");
  }

  static Stream<String> references() {
    String service = "services: {a: {image: a}}\n";
    return Stream.of(
        "services: {a: {image: a, env_file: [%s]}}",
        service + "secrets: {s: {file: %s}}", service + "configs: {c: {file: %s}}");
  }

  @Test
  void aComposeFileThatIsNoneIsNotOpened() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(outcome("/dev/zero"))
        .isEqualTo("stack: -c: /dev/zero: is a device or a pipe (expected: a file)");
    assertThat(outcome(pipe.toString())).contains("is a device or a pipe");
    assertThat(outcome(folder.toString())).contains("is a folder");
    assertThat(outcome(folder.resolve("none").toString())).contains("there is no such file");
    Files.write(pipe.resolveSibling("latin"), new byte[] {'a', (byte) 0xe4});
    assertThat(outcome(pipe.resolveSibling("latin").toString())).contains("latin: is not UTF-8");
  }

  /// A good file in which letters are changed, lost, doubled and moved is read or refused, each
  /// problem on one line.
  @Test
  void whateverIsWrittenIsReadOrRefused() {
    Seeds.forAll(
        500,
        random -> {
          String text = spoilt(random);
          String outcome = load(text);
          if (outcome.contains(" problems\n")) {
            assertThat(outcome.lines().skip(1)).as(text).allMatch(line -> line.startsWith("  - "));
          } else {
            assertThat(outcome).as(text).hasLineCount(1);
          }
        });
  }

  private static String spoilt(RandomGenerator random) {
    var text = new StringBuilder(GOOD);
    String odd = "[]{}:,-?&*!|>'\"%@`$#\n\t ~0aé\u0000\u0085\u2028<.";
    for (int i = random.nextInt(5); i >= 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.setCharAt(at, odd.charAt(random.nextInt(odd.length())));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, odd.charAt(random.nextInt(odd.length())));
        case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 60)));
        default ->
            text.insert(at, String.valueOf(odd.charAt(random.nextInt(odd.length()))).repeat(200));
      }
    }
    return text.toString();
  }
}
