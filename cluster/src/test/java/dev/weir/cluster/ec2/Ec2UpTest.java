package dev.weir.cluster.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.cluster.doctor.fact.OpenPort;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.testing.aws.AwsCall;
import dev.weir.testing.aws.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From nothing to machines, again without a change, more and fewer of them, and back to nothing.
class Ec2UpTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit injects it
  private Path home;

  @Test
  void upMakesEverythingAndASecondUpChangesNothing() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      lab.up(1, 2);
      assertThat(actions(lab))
          .containsExactly(
              "CreateSecurityGroup",
              "AuthorizeSecurityGroupIngress",
              "AuthorizeSecurityGroupIngress",
              "AuthorizeSecurityGroupIngress",
              "AuthorizeSecurityGroupIngress",
              "AuthorizeSecurityGroupIngress",
              "AuthorizeSecurityGroupIngress",
              "AuthorizeSecurityGroupIngress",
              "AuthorizeSecurityGroupIngress",
              "ImportKeyPair",
              "RunInstances",
              "RunInstances",
              "RunInstances");
      try (Ec2Cluster cluster = Ec2Lab.open(lab.proxy().address(), home)) {
        assertThat(cluster.nodes("ec2-user"))
            .extracting(NodeRecord::name, node -> node.address().toString(), NodeRecord::advertise)
            .containsExactly(
                tuple("demo-manager-1", "ec2-user@203.0.113.1", "10.0.0.1"),
                tuple("demo-worker-1", "ec2-user@203.0.113.2", "10.0.0.2"),
                tuple("demo-worker-2", "ec2-user@203.0.113.3", "10.0.0.3"));
      }
      assertThat(Files.readAllLines(home.resolve("known_hosts")))
          .hasSize(3)
          .allMatch(line -> line.matches("203\\.0\\.113\\.[123] ssh-ed25519 AAAA\\S+ i-[0-9a-f]+"));

      lab.proxy().restart(_ -> new Fault.None());
      Plan second = lab.up(1, 2);
      assertThat(second.changesNothing()).isTrue();
      assertThat(lab.proxy().changes()).isEmpty();
      assertThat(lab.proxy().calls()).isNotEmpty();
    }
  }

  @Test
  void whatTheWorldReachesIsTheBalancerAlone() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      lab.up(1, 1);
      try (Ec2Cluster cluster = Ec2Lab.open(lab.proxy().address(), home)) {
        assertThat(cluster.openPorts())
            .filteredOn(OpenPort::isWorld)
            .extracting(OpenPort::toString)
            .containsExactlyInAnyOrder("80/tcp", "443/tcp");
        assertThat(cluster.openPorts())
            .filteredOn(rule -> !rule.isWorld())
            .allMatch(rule -> rule.includes(22, "tcp"));
      }
    }
  }

  @Test
  void whatIsCalledIsExactlyWhatThePlanSays() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      Plan shown = lab.planned(cluster -> cluster.planUp(_ -> Ec2Lab.settings(1, 2)));
      assertThat(lab.proxy().changes()).isEmpty();
      assertThat(lab.up(1, 2)).isEqualTo(shown);
      assertCalled(lab, shown);

      lab.proxy().restart(_ -> new Fault.None());
      assertCalled(lab, lab.scale(4));
      lab.proxy().restart(_ -> new Fault.None());
      assertCalled(lab, lab.scale(1));
      lab.proxy().restart(_ -> new Fault.None());
      assertCalled(lab, lab.down());
    }
  }

  @Test
  void scaleTakesTheHighestIndicesOutOfTheSwarmFirst() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      lab.up(1, 3);
      lab.scale(1);
      assertThat(lab.left()).containsExactly("demo-worker-3", "demo-worker-2");
      assertThat(nodes(lab)).containsExactly("demo-manager-1", "demo-worker-1");
      // The same names again are other machines, although EC2 remembers the tokens of the old ones.
      lab.scale(3);
      assertThat(nodes(lab))
          .containsExactly("demo-manager-1", "demo-worker-1", "demo-worker-2", "demo-worker-3");
    }
  }

  @Test
  void downLeavesNothingAndTouchesNothingForeign() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      var foreign = new Foreign(lab.proxy().address());
      foreign.make();
      String before = foreign.state();
      lab.up(1, 1);
      lab.down();
      assertThat(lab.survey().isEmpty()).isTrue();
      assertThat(foreign.state()).isEqualTo(before);
      lab.proxy().restart(_ -> new Fault.None());
      lab.down();
      assertThat(lab.proxy().changes()).isEmpty();
    }
  }

  @Test
  void foreignGroupOfTheSameNameIsRefused() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      new Foreign(lab.proxy().address()).group("weir-demo");
      assertThatThrownBy(() -> lab.up(1, 1))
          .hasMessageContaining("has this name, but no tag weir:cluster=demo");
      lab.down();
      assertThat(new Foreign(lab.proxy().address()).state()).contains("weir-demo");
    }
  }

  private static List<String> nodes(Ec2Lab lab) throws Ec2Exception {
    return lab.survey().machines().stream().map(machine -> machine.node("demo")).toList();
  }

  private static List<String> actions(Ec2Lab lab) {
    return lab.proxy().changes().stream().map(AwsCall::action).toList();
  }

  /// Compares actions and all parameters, once the plan's placeholders have their values.
  private void assertCalled(Ec2Lab lab, Plan plan) throws Exception {
    List<AwsCall> changes = lab.proxy().changes();
    List<Step.Call> planned = plan.calls().toList();
    assertThat(changes)
        .extracting(AwsCall::action)
        .isEqualTo(planned.stream().map(Step.Call::action).toList());
    String group = lab.survey().group().map(Survey.Group::id).orElse("none");
    for (int i = 0; i < planned.size(); i++) {
      assertThat(changes.get(i).parameters())
          .as(planned.get(i).title())
          .isEqualTo(filled(planned.get(i).parameters(), group));
    }
  }

  private Map<String, String> filled(Map<String, String> parameters, String group)
      throws Exception {
    var filled = new TreeMap<>(parameters);
    String publicKey = new KeyFile(home).publicKey().map(Parameters::base64).orElse("none");
    filled.replaceAll((_, value) ->
        value.startsWith("${sha256:")
            ? Parameters.sha256(
                value.substring(9, value.length() - 1).replace(Step.NEW_GROUP, group))
            : value.replace(Step.NEW_GROUP, group).replace("${base64:public-key}", publicKey));
    return filled;
  }
}
