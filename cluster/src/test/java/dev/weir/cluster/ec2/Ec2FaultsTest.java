package dev.weir.cluster.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testing.Figures;
import dev.weir.testing.aws.AwsCall;
import dev.weir.testing.aws.Fault;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What EC2 and networks do on bad days: each command still ends where it should, with each thing
/// made once.
class Ec2FaultsTest {
  private static final List<String> ONE_AND_TWO =
      List.of("demo-manager-1", "demo-worker-1", "demo-worker-2");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit injects it
  private Path home;

  /// Each call's first attempt meets a reset, the reading ones too.
  @Test
  void connectionResetAtEveryCall() throws Exception {
    for (Fault reset : List.of(new Fault.ResetBefore(), new Fault.ResetAfter())) {
      try (var lab = new Ec2Lab(home.resolve(reset.getClass().getSimpleName()))) {
        var asked = new HashMap<String, Integer>();
        lab.proxy()
            .restart(call ->
                asked.merge(call.body(), 1, Integer::sum) % 2 == 1 ? reset : new Fault.None());
        int calls = upScaleDown(lab);
        Figures.note(
            "cluster: up, scale and down on EC2, %s at each of %d calls"
                .formatted(reset.getClass().getSimpleName(), calls / 2));
      }
    }
  }

  @Test
  void connectionResetAtEachChangeInTurn() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      for (Fault reset : List.of(new Fault.ResetBefore(), new Fault.ResetAfter())) {
        int changes = 1;
        for (int at = 1; at <= changes; at++) {
          int faulty = at;
          lab.proxy().restart(call -> call.change() == faulty ? reset : new Fault.None());
          upScaleDown(lab);
          changes = lab.proxy().changes().size() - 1;
        }
      }
    }
  }

  /// The whole life of a cluster.
  ///
  /// @return how many calls that took
  private static int upScaleDown(Ec2Lab lab) throws Ec2Exception {
    lab.up(1, 1);
    lab.scale(2);
    assertThat(nodes(lab)).isEqualTo(ONE_AND_TWO);
    lab.scale(1);
    assertThat(nodes(lab)).containsExactly("demo-manager-1", "demo-worker-1");
    lab.down();
    assertThat(lab.survey().isEmpty()).isTrue();
    return lab.proxy().calls().size();
  }

  @Test
  void throttledAtEveryCall() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      Map<String, Integer> seen = new HashMap<>();
      lab.proxy()
          .restart(call ->
              seen.merge(call.body(), 1, Integer::sum) <= 2
                  ? new Fault.Refused(503, "RequestLimitExceeded")
                  : new Fault.None());
      lab.up(1, 2);
      assertThat(nodes(lab)).isEqualTo(ONE_AND_TWO);
      lab.down();
      assertThat(lab.survey().isEmpty()).isTrue();
    }
  }

  @Test
  void whatIsNewIsVisibleLate() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      lab.manners().showLate(5);
      lab.up(1, 2);
      assertThat(nodes(lab)).isEqualTo(ONE_AND_TWO);
      lab.down();
      assertThat(lab.survey().isEmpty()).isTrue();
    }
  }

  @Test
  void machineThatIsNotVisibleYetIsNotStartedTwice() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      // The second machine is started, but the connection breaks and stays broken.
      lab.proxy()
          .restart(call ->
              call.change() == 12
                  ? new Fault.ResetAfter()
                  : call.change() > 12 ? new Fault.Refused(400, "Broken") : new Fault.None());
      lab.manners().showLate(3);
      assertThatThrownBy(() -> lab.up(1, 2)).hasMessageContaining("Broken");
      lab.proxy().restart(_ -> new Fault.None());
      lab.up(1, 2);
      assertThat(nodes(lab)).isEqualTo(ONE_AND_TWO);
    }
  }

  @Test
  void noCapacitySaysWhatToTryAndWhatExists() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      lab.proxy()
          .restart(call ->
              call.action().equals("RunInstances")
                      && call.parameters().containsValue("demo-worker-2")
                  ? new Fault.Refused(500, "InsufficientInstanceCapacity")
                  : new Fault.None());
      assertThatThrownBy(() -> lab.up(1, 2))
          .hasMessageMatching(
              "demo-worker-2: AWS has no t3.small free in subnet-\\w+ now \\(try --subnet subnet-\\w+"
                  + " \\(us-east-1b\\) or .*, --type t3a.small, --type t2.small; or run .*");
      try (Ec2Cluster cluster = Ec2Lab.open(lab.proxy().address(), home)) {
        assertThat(cluster.leftovers(Ec2Lab.prices()))
            .anyMatch(
                line -> line.matches("  demo-manager-1 \\(i-\\w+\\): t3.small, running, 20 GB.*"))
            .anyMatch(line -> line.startsWith("its cost: about $0.0"))
            .contains(
                "to remove it: weir cluster down --provider ec2 --name demo --region us-east-1");
      }
      lab.proxy().restart(_ -> new Fault.None());
      lab.up(1, 2);
      assertThat(lab.proxy().changes()).extracting(AwsCall::action).containsExactly("RunInstances");
    }
  }

  @Test
  void rightsAndCredentialsAreNamed() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      lab.proxy()
          .restart(call ->
              call.action().equals("CreateSecurityGroup")
                  ? new Fault.Refused(403, "UnauthorizedOperation")
                  : new Fault.None());
      assertThatThrownBy(() -> lab.up(1, 1))
          .hasMessageContaining("ec2 CreateSecurityGroup: UnauthorizedOperation")
          .hasMessageContaining("docs/cluster-ec2.md has a policy");
      lab.proxy().restart(_ -> new Fault.Refused(403, "ExpiredToken"));
      assertThatThrownBy(() -> lab.up(1, 1)).hasMessageContaining("expected: credentials of AWS");
    }
  }

  private static List<String> nodes(Ec2Lab lab) throws Ec2Exception {
    return lab.survey().machines().stream().map(machine -> machine.node("demo")).toList();
  }
}
