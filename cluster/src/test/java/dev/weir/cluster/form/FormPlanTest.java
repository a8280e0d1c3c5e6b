package dev.weir.cluster.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.fake.Facts;
import dev.weir.cluster.fake.FakeWaits;
import dev.weir.cluster.fake.ScriptedHost;
import dev.weir.cluster.form.SwarmView.Node;
import dev.weir.cluster.host.Finding;
import dev.weir.cluster.host.Machine;
import dev.weir.cluster.record.NodeRecord.Role;
import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshAddress;
import dev.weir.ssh.SshException;
import dev.weir.ssh.SshLogin;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FormPlanTest {
  private static final String[] READY = {
    "docker.version=Docker version 28.5.1, build x", "docker.running=yes", "groups=admin docker"
  };

  @Test
  void bareMachinesNeedEverything() {
    List<Site> sites = List.of(site("b1", Role.MANAGER), site("b2", Role.WORKER));
    assertThat(FormPlan.of(sites, Optional.empty()).steps().stream().map(FormPlanTest::word))
        .containsExactly(
            "Install b1",
            "Start b1",
            "Allow b1",
            "Install b2",
            "Start b2",
            "Allow b2",
            "Init b1",
            "Join b2",
            "Verify all",
            "Overlay all",
            "Rotate all");
  }

  @Test
  void aFinishedClusterNeedsNothing() {
    Site b1 = member("b1", Map.of());
    SwarmView view = view(Map.of(), node("n1", true, Map.of()));
    assertThat(members(List.of(b1), Map.of(b1, "n1"), view)).isEmpty();
  }

  @Test
  void anInterruptedOneIsFinished() {
    Site b1 = member("b1", Map.of());
    Site b2 = member("b2", Map.of("disk", "ssd"));
    SwarmView forming = view(Map.of(SwarmView.FORMING, "yes"), node("n1", true, Map.of()));
    // b2 believes to be a node that its managers do not know.
    var ids = new LinkedHashMap<Site, String>(Map.of(b1, "n1", b2, "lost"));
    assertThat(members(List.of(b1, b2), ids, forming))
        .containsExactly("Join b2", "Label b2", "Verify all", "Overlay all", "Rotate all");
    assertThat(members(List.of(b1), Map.of(b1, "n1"), forming))
        .containsExactly("Verify all", "Rotate all");
  }

  @Test
  void aNodeThatIsNotReadyIsLookedAt() {
    Site b1 = member("b1", Map.of());
    SwarmView view = view(Map.of(), node("n1", false, Map.of()));
    assertThat(members(List.of(b1), Map.of(b1, "n1"), view)).containsExactly("Verify all");
  }

  @Test
  void evenNumbersOfManagersAreRefused() {
    assertThat(ClusterOrder.managerProblem(1, 1)).isEmpty();
    assertThat(ClusterOrder.managerProblem(3, 5)).isEmpty();
    assertThat(ClusterOrder.managerProblem(2, 5))
        .hasValueSatisfying(
            why -> assertThat(why).contains("expected: 1, 3 or 5", "no more failures than 1"));
    assertThat(ClusterOrder.managerProblem(7, 9)).isPresent();
    assertThat(ClusterOrder.managerProblem(3, 2)).hasValue("3, of only 2 machines");
  }

  @Test
  void theQuorumIsKept() {
    Node a = node("a", true, Map.of());
    Node b = node("b", true, Map.of());
    Node down = node("c", false, Map.of());
    assertThat(Quorum.refusal(view(Map.of(), a), a)).get().asString().contains("only manager");
    assertThat(Quorum.refusal(view(Map.of(), a, b, down), a))
        .get()
        .asString()
        .contains("of the other 2 only 1 are up: they need 2");
    assertThat(Quorum.refusal(view(Map.of(), a, b, down), down)).isEmpty();
    assertThat(Quorum.warning(view(Map.of(), a, b, down), down)).isPresent();
  }

  /// All machines are asked before any is changed, and a fault of one hides nothing of the others.
  @Test
  void aSurveyChangesNothingAndReportsAllMachines() {
    var hosts = new LinkedHashMap<String, ScriptedHost>();
    hosts.put("b1", host("b1", "sudo=no"));
    hosts.put("b2", host("b1", "address=eth0 10.0.0.5 1500"));
    var order =
        new ClusterOrder("demo", List.of(order("b1"), order("b2"), order("b3")), Optional.empty());
    try (Survey survey =
        Survey.of(order, login -> open(hosts, login), InstantSource.system(), new FakeWaits())) {
      assertThat(survey.findings().stream().filter(Finding::isFault).map(Finding::check))
          .containsExactly("sudo", "login", "hostname");
      assertThat(survey.hasFaults()).isTrue();
    }
    hosts
        .values()
        .forEach(host ->
            assertThat(host.commands())
                .allMatch(
                    command ->
                        command.matches("bash -s|date .*|close|kill [0-9]+|/usr/bin/perl - .*"),
                    "only looks"));
  }

  private static ScriptedHost open(Map<String, ScriptedHost> hosts, SshLogin login)
      throws SshException {
    ScriptedHost host = hosts.get(login.address().host());
    if (host == null) {
      throw new SshException(SshException.Kind.REFUSED, "b3: nothing listens (is sshd up?)");
    }
    return host;
  }

  private static ScriptedHost host(String name, String... lines) {
    return new ScriptedHost(name)
        .on("# Prints what this machine is", new CommandOutput(0, Facts.with(name, lines), ""))
        .on("date", new CommandOutput(0, "", ""));
  }

  private static ClusterOrder.Node order(String host) {
    return new ClusterOrder.Node(
        SshLogin.of(SshAddress.parse(host, "test")), Role.MANAGER, Optional.empty(), Map.of());
  }

  private static List<String> members(List<Site> sites, Map<Site, String> ids, SwarmView view) {
    return FormPlan.members(sites, ids, Optional.of(view)).stream()
        .map(FormPlanTest::word)
        .toList();
  }

  private static String word(Step step) {
    return step.getClass().getSimpleName() + " " + step.host();
  }

  private static SwarmView view(Map<String, String> labels, Node... nodes) {
    return new SwarmView("swarm", labels, List.of(nodes));
  }

  private static Node node(String id, boolean ready, Map<String, String> labels) {
    return new Node(id, id, true, ready, ready, false, labels);
  }

  private static Site member(String host, Map<String, String> labels) {
    return site(host, Role.MANAGER, labels, READY);
  }

  private static Site site(String host, Role role) {
    return site(host, role, Map.of());
  }

  private static Site site(String host, Role role, Map<String, String> labels, String... lines) {
    var node =
        new ClusterOrder.Node(
            SshLogin.of(SshAddress.parse(host, "test")), role, Optional.empty(), labels);
    var machine = new Machine(new ScriptedHost(host), Facts.read(host, lines), Optional.empty());
    return new Site(node, machine, "10.0.0.4");
  }
}
