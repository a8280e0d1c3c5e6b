package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weir cluster doctor` on a swarm of real machines, reached by SSH alone: a healthy one has only
/// the notes that its kernel and its size deserve, and of a sick one it finds every planted fault
/// and nothing else.
@Timeout(600)
class DoctorSwarmTest {
  private static final List<String> MACHINES = List.of("b1", "b2", "b3", "b4");

  private static final Pattern FINDING =
      Pattern.compile(
          "\"severity\" : \"(\\w+)\",\\s+\"check\" : \"([^\"]+)\",\\s+\"subject\" : \"([^\"]+)\","
              + "\\s+\"seen\" : \"([^\"]+)\"");

  /// A container needs a program: this machine's own `sleep`.
  private static final String IMAGE =
      "tar -C / -chf - usr/bin/sleep lib64/ld-linux-x86-64.so.2 lib/x86_64-linux-gnu/libc.so.6"
          + " | docker import -c 'ENTRYPOINT [\"/usr/bin/sleep\"]' - sleeper";

  private static final String PLAIN_PORT =
      "mkdir -p /etc/systemd/system/docker.service.d && printf '[Service]\\nExecStart=\\n"
          + "ExecStart=/usr/sbin/dockerd -H fd:// -H tcp://0.0.0.0:2375\\n'"
          + " > /etc/systemd/system/docker.service.d/plain.conf"
          + " && systemctl daemon-reload && systemctl restart docker";

  @TempDir private Path folder;

  @BeforeAll
  static void onlyWhereItCanBe() {
    Testbed.assumePossible();
  }

  @Test
  void findsWhatWasPlantedAndNothingElse() throws Exception {
    try (var testbed = Testbed.down("-doctor")) {
      testbed.run("machines", "up", "4");
      testbed.run("machines", args("docker", MACHINES));
      swarm(testbed);
      healthy(testbed);
      plant(testbed);
      sick(testbed);
    }
  }

  private static String[] args(String action, List<String> names) {
    return Stream.concat(Stream.of(action), names.stream()).toArray(String[]::new);
  }

  private static void swarm(Testbed testbed) throws Exception {
    on(testbed, "b1", "docker swarm init --advertise-addr 198.18.0.41");
    on(testbed, "b1", "docker swarm update --dispatcher-heartbeat 1s");
    String token = on(testbed, "b1", "docker swarm join-token --quiet worker").strip();
    for (String worker : MACHINES.subList(1, 4)) {
      on(testbed, worker, "docker swarm join --token %s 198.18.0.41:2377".formatted(token));
    }
    // So that the forwarded socket can be opened.
    on(testbed, "b1", "usermod -aG docker admin");
    awaitNodes(testbed, "Ready", 4);
  }

  private void healthy(Testbed testbed) throws Exception {
    String said = doctor(testbed, 0, "--json");
    Map<String, String> found = findings(said);
    assertThat(found.keySet())
        .as(said)
        .isSubsetOf("note quorum swarm", "note versions b1, b2, b3, b4", "note ipvs b1, b2, b3, b4")
        .contains("note quorum swarm");
    assertThat(said).contains("\"healthy\" : true").doesNotContain("SWMTKN", "PRIVATE KEY");
    // 12 pairs: 7946/tcp and 4789/udp each, and 2377/tcp of the manager from three.
    Pattern open = Pattern.compile("\"state\" : \"open\"");
    assertThat(open.matcher(said).results().count()).as(said).isEqualTo(12 + 12 + 3);
  }

  private static void plant(Testbed testbed) throws Exception {
    on(testbed, "b3", PLAIN_PORT);
    testbed.run("machines", "clock", "b3", "+300");
    on(testbed, "b1", "docker node promote b2");
    on(testbed, "b1", IMAGE);
    String create = "docker service create -d -q --no-resolve-image --name ";
    on(
        testbed,
        "b1",
        create
            + "viz --constraint node.hostname==b1 --publish mode=host,target=80,published=8088"
            + " --mount type=bind,src=/var/run/docker.sock,dst=/s sleeper 9999");
    on(testbed, "b1", create + "nowhere --constraint node.labels.x==y sleeper 9999");
    on(testbed, "b1", create + "greedy --reserve-cpu 100 sleeper 9999");
    on(testbed, "b1", create + "broken --restart-delay 0s sleeper nonsense");
    awaitNodes(testbed, "Ready", 4); // b3's Engine was restarted
    testbed.run("machines", "block", "b2", "b3", "4789/udp,7946/tcp");
    testbed.run("machines", "kill", "b4");
    awaitNodes(testbed, "Down", 1);
    String failed = "docker service ps -q --filter desired-state=shutdown broken | wc -l";
    testbed.await(
        "failures", 60, () -> on(testbed, "b1", failed), n -> Integer.parseInt(n.strip()) >= 3);
  }

  private void sick(Testbed testbed) throws Exception {
    String said = doctor(testbed, 4, "--json");
    Map<String, String> found = findings(said);
    found.keySet().removeIf(one -> one.startsWith("note "));
    assertThat(found.keySet())
        .as(said)
        .containsExactlyInAnyOrder(
            "critical nodes b4",
            "critical clock b3",
            "critical exposed-api b3",
            "critical socket viz",
            "critical failing broken",
            "critical ports b2 -> b3 4789/udp",
            "critical ports b3 -> b2 4789/udp",
            "critical ports b2 -> b3 7946/tcp",
            "critical ports b3 -> b2 7946/tcp",
            "warning quorum swarm",
            "warning pending nowhere",
            "warning pending greedy");
    assertThat(found.get("critical nodes b4")).startsWith("down since ");
    assertThat(said).contains("\"subject\" : \"b4\"").doesNotContain("SWMTKN", "PRIVATE KEY");
    String text = doctor(testbed, 4, "--checks", "quorum,pending,nodes");
    assertThat(text)
        .contains(
            "1.  critical  nodes", "docker node rm --force", "by 3 checks: 1 critical, 3 warn");
  }

  private String doctor(Testbed testbed, int code, String... more) throws Exception {
    Map<String, String> login = login(testbed);
    String hosts =
        Stream.of(login.getOrDefault("WEIR_TEST_ADDRESSES", "").split(" "))
            .map(address -> "admin@" + address)
            .collect(Collectors.joining(","));
    var all = new ArrayList<>(List.of("cluster", "doctor", "--ssh", hosts));
    all.addAll(List.of("--key", login.getOrDefault("WEIR_TEST_KEY", "")));
    all.addAll(List.of("--known-hosts", login.getOrDefault("WEIR_TEST_KNOWN_HOSTS", "")));
    all.addAll(List.of(more));
    try (var weir = testbed.weir(folder, all.toArray(String[]::new))) {
      String said = weir.awaitEnd();
      assertThat(weir.exitCode()).as(said).isEqualTo(code);
      return said;
    }
  }

  /// What `testbed/machines env` prints, by name.
  private static Map<String, String> login(Testbed testbed) throws Exception {
    return Pattern.compile("export (\\w+)='?([^'\n]*)'?")
        .matcher(testbed.run("machines", "env"))
        .results()
        .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
  }

  /// What was seen, by severity, check and subject; ports with their number.
  private static Map<String, String> findings(String json) {
    var found = new TreeMap<String, String>();
    for (MatchResult one : FINDING.matcher(json).results().toList()) {
      String name = "%s %s %s".formatted(one.group(1), one.group(2), one.group(3));
      boolean port = one.group(2).equals("ports");
      found.put(port ? name + " " + one.group(4).replaceFirst(" .*", "") : name, one.group(4));
    }
    return found;
  }

  private static void awaitNodes(Testbed testbed, String state, int count) throws Exception {
    String list = "docker node ls --format '{{.Status}}' | grep -c " + state + " || true";
    testbed.await(
        count + " nodes " + state,
        90,
        () -> on(testbed, "b1", list),
        seen -> seen.strip().equals("" + count));
  }

  private static String on(Testbed testbed, String name, String command) throws Exception {
    return testbed.run("machines", "exec", name, "sh", "-c", command);
  }
}
