package dev.weir.swarm.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.base.FormerNames;
import dev.weir.scale.Promise;
import dev.weir.testing.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Who takes requests, under which settings, on virtual time.
final class ServiceResolverTest {
  private static final Map<String, String> PORT = Map.of("weir.port", "8080");

  private final FakeTicker ticker = new FakeTicker();
  private final FakeSwarm swarm = new FakeSwarm();

  private static FollowSettings labels() {
    return new FollowSettings(Map.of(), List.of(), Optional.empty());
  }

  private static FollowSettings named(String name, int port) {
    return new FollowSettings(Map.of(name, port), List.of(), Optional.empty());
  }

  private static ServiceResolver resolver(FollowSettings settings) {
    return new ServiceResolver(settings, List.of("other", FakeSwarm.NETWORK));
  }

  private List<FollowedService> look(ServiceResolver resolver) {
    return resolver.apply(swarm.view(), ticker.nanos());
  }

  private static List<String> states(List<FollowedService> services) {
    return services.stream()
        .flatMap(one -> one.replicas().stream())
        .map(replica -> replica.id() + (replica.draining() ? " leaves" : " serves"))
        .toList();
  }

  @Test
  void onlyWhatRunsAndIsMeantToTakesRequests() {
    ServiceResolver resolver = resolver(labels());
    swarm.service("web", PORT).service("other", Map.of());
    String old = swarm.start("web", 1);
    swarm.start("other", 1);
    String fresh = swarm.start("web", 2);
    swarm.becomes(fresh, "running", "starting");
    assertThat(states(look(resolver))).containsExactly("web.1.task0 serves");
    swarm.becomes(fresh, "running", "running").becomes(old, "shutdown", "running");
    assertThat(states(look(resolver))).containsExactly("web.1.task0 leaves", "web.2.task2 serves");
    ticker.advance(Duration.ofSeconds(9));
    swarm.becomes(fresh, "running", "failed");
    assertThat(states(look(resolver))).containsExactly("web.1.task0 leaves", "web.2.task2 leaves");
    ticker.advance(Duration.ofSeconds(1));
    assertThat(states(look(resolver))).containsExactly("web.2.task2 leaves");
    swarm.becomes(fresh, "running", "running");
    assertThat(states(look(resolver))).containsExactly("web.2.task2 serves");
  }

  @Test
  void replicasAreWhereTheSharedNetworkHasThemWithTheirCores() {
    swarm.service("web", PORT);
    swarm.start("web", 3);
    assertThat(look(resolver(labels())).getFirst().replicas())
        .containsExactly(new FollowedReplica("web.3.task0", "10.0.0.2", 8080, 1.5, false));
  }

  @Test
  void tasksOfAMachineThatIsDownAreNotSentTo() {
    ServiceResolver resolver = resolver(labels());
    swarm.service("web", PORT);
    swarm.start("web", 0);
    swarm.start("web", 1);
    assertThat(look(resolver).getFirst().liveCount()).isEqualTo(2);
    swarm.nodeDown("node1");
    assertThat(look(resolver).getFirst().liveCount()).isEqualTo(1);
  }

  @Test
  void labelsSetWhatTheySay() {
    swarm.service(
        "web",
        Map.of(
            "weir.port", "80",
            "weir.policy", "peak-ewma",
            "weir.host", "a.example, *.B.example",
            "weir.path", "/api/",
            "weir.limit", "7",
            "weir.slo", "p99.9<1.5s",
            "weir.queue", "late-last",
            "weir.replica.lenient", "true",
            "weir.timeout.response", "90s",
            "weir.timeout.request", "0s"));
    ServiceLabels labels = look(resolver(labels())).getFirst().labels();
    assertThat(labels)
        .isEqualTo(
            new ServiceLabels(
                80,
                Optional.of(PolicySpec.PEAK_EWMA),
                List.of("a.example", "*.b.example"),
                "/api",
                Optional.of(new LimitSpec.Fixed(7)),
                Optional.of(new Promise(99.9, 1.5)),
                Optional.of(true),
                Optional.of(true),
                new ServiceTimeouts(
                    Optional.of(Duration.ofSeconds(90)),
                    Optional.empty(),
                    Optional.of(Duration.ZERO)),
                Optional.empty()));
    assertThat(labels.routes()).containsExactly("a.example/api", "*.b.example/api");
  }

  @Test
  void limitsAreLearnedOffOrFixed() {
    ServiceResolver resolver = resolver(labels());
    var limits = new ArrayList<Optional<LimitSpec>>();
    for (String label : List.of("auto", "off", "16")) {
      swarm.service("web", Map.of("weir.port", "80", "weir.limit", label));
      limits.add(look(resolver).getFirst().labels().limit());
    }
    assertThat(limits)
        .containsExactly(
            Optional.of(LimitSpec.AUTO),
            Optional.of(LimitSpec.OFF),
            Optional.of(new LimitSpec.Fixed(16)));
    swarm.service("web", PORT);
    assertThat(look(resolver).getFirst().labels().limit()).isEmpty();
  }

  @Test
  void lateRequestsGoLastByAPromiseOnly() {
    ServiceResolver resolver = resolver(labels());
    swarm.service("web", Map.of("weir.port", "80", "weir.queue", "late-last"));
    look(resolver);
    assertThat(resolver.problems())
        .containsExactly(
            "service web: label weir.queue: late-last (expected: beside it weir.slo, which says what"
                + " is late, as p99<300ms)");
    swarm.service("web", Map.of("weir.port", "80", "weir.queue", "lifo"));
    look(resolver);
    assertThat(resolver.problems())
        .containsExactly("service web: label weir.queue: lifo (expected: fifo or late-last)");
    swarm.service("web", Map.of("weir.port", "80", "weir.queue", "fifo"));
    assertThat(look(resolver).getFirst().labels().lateLast()).hasValue(false);
  }

  @Test
  void wrongLabelsAreReportedAndTheLastGoodOnesGoOn() {
    ServiceResolver resolver = resolver(labels());
    swarm.service("web", PORT);
    look(resolver);
    swarm.service("web", Map.of("weir.port", "9090", "weir.policy", "fastest", "weir.slo", "p99"));
    assertThat(look(resolver).getFirst().labels().port()).isEqualTo(8080);
    assertThat(resolver.problems())
        .containsExactly(
            "service web: label weir.policy: fastest (expected: one of weir, round-robin, random,"
                + " least-requests, power-of-two, peak-ewma)",
            "service web: label weir.slo: p99 (expected: a percentile and a time, as in p99<300ms or"
                + " p99.9<1.5s)");
    swarm.service("web", Map.of("weir.port", "9090"));
    assertThat(look(resolver).getFirst().labels().port()).isEqualTo(9090);
    assertThat(resolver.problems()).isEmpty();
  }

  @Test
  void formerLabelsWorkAndSayWhatTheyAreCalledNow() {
    assertThat(FormerNames.LABELS).isNotEmpty();
    FormerNames.LABELS.forEach((former, present) -> {
      ServiceResolver resolver = resolver(labels());
      swarm.service("web", Map.of("weir.port", "8080", former, "true"));
      assertThat(look(resolver).getFirst().labels().lenient()).contains(true);
      assertThat(resolver.warnings())
          .contains(
              "service web: label %s is now called %s; the next release no longer knows it"
                  .formatted(former, present));
    });
  }

  @Test
  void everyLabelSaysWhatItExpects() {
    swarm.service(
        "web",
        Map.of(
            "weir.port",
            "http",
            "weir.host",
            "a.example:80",
            "weir.path",
            "api",
            "weir.limit",
            "0"));
    ServiceResolver resolver = resolver(labels());
    assertThat(look(resolver)).isEmpty();
    assertThat(resolver.problems())
        .hasSize(4)
        .allMatch(line -> line.startsWith("service web: label weir.") && !line.contains("\n"))
        .anyMatch(line -> line.contains("weir.port: http (expected: the port its containers"))
        .anyMatch(line -> line.contains("weir.host: a.example:80 (expected: names without a port"))
        .anyMatch(line -> line.contains("weir.path: api (expected: what paths begin with"))
        .anyMatch(
            line -> line.contains("weir.limit: 0 (expected: auto, off, or how many requests"));
    swarm.service("web", Map.of("weir.port", "80", "weir.prot", "81"));
    look(resolver);
    assertThat(resolver.warnings())
        .contains("service web: label weir.prot: unknown (expected: weir.port?)");
  }

  @Test
  void aNewcomerTakesNoRouteAway() {
    ServiceResolver resolver = resolver(labels());
    swarm.service("web", PORT);
    look(resolver);
    swarm.service("also", PORT);
    assertThat(look(resolver)).extracting(FollowedService::name).containsExactly("web");
    assertThat(resolver.problems())
        .containsExactly(
            "service also: label weir.host: */ (expected: a host or a weir.path that service web"
                + " does not have)");
    swarm.serviceGone("web");
    assertThat(look(resolver)).extracting(FollowedService::name).containsExactly("also");
  }

  @Test
  void aServiceByNameThatIsGoneDrainsAndComesBack() {
    ServiceResolver resolver = resolver(named("web", 8080));
    swarm.service("web", Map.of());
    swarm.start("web", 1);
    assertThat(states(look(resolver))).containsExactly("web.1.task0 serves");
    swarm.serviceGone("web");
    assertThat(states(look(resolver))).containsExactly("web.1.task0 leaves");
    assertThat(resolver.warnings())
        .containsExactly("service web: there is none of that name; it is waited for");
    ticker.advance(Duration.ofSeconds(20));
    assertThat(look(resolver)).extracting(FollowedService::name).containsExactly("web");
    swarm.service("web", Map.of());
    swarm.start("web", 1);
    assertThat(states(look(resolver))).containsExactly("web.1.task1 serves");
    assertThat(resolver.warnings()).isEmpty();
  }

  @Test
  void namedServiceWithoutPortIsReported() {
    ServiceResolver resolver = resolver(named("web", 0));
    swarm.service("web", Map.of());
    assertThat(look(resolver)).isEmpty();
    assertThat(resolver.problems().getFirst())
        .startsWith("service web: label weir.port: missing (expected: the port")
        .contains("docker service update --label-add weir.port=8080 web");
  }

  @Test
  void withoutASharedNetworkHostPortsServeAndAreWarnedOf() {
    var service =
        ServiceView.of(json("{'Spec':{'Name':'web','UpdateConfig':{'Order':'start-first'}}}"));
    var task =
        TaskView.of(
            json(
                "{'ID':'t','Status':{'PortStatus':{'Ports':[{'Protocol':'tcp','TargetPort':80,"
                    + "'PublishedPort':8080,'PublishMode':'host'}]}}}"));
    var node =
        NodeView.of(
            json(
                "{'ID':'n','Status':{'Addr':'0.0.0.0'},'ManagerStatus':{'Addr':'192.0.2.9:2377'}}"));
    var odd = new LinkedHashSet<String>();
    var nowhere = new TaskAddressResolver(List.of());
    assertThat(nowhere.of(task, service, 80, node, odd))
        .contains(new TaskAddressResolver.Place("192.0.2.9", 8080));
    assertThat(odd).hasSize(2).anyMatch(line -> line.contains("updated start-first"));
    assertThat(nowhere.of(task, service, 81, node, odd)).isEmpty();
    assertThat(odd).anyMatch(line -> line.contains("no way to its tasks"));
  }

  private static JsonNode json(String text) {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void thePaceIsQuickAfterAnEvent() {
    PollInterval pace = PollInterval.standard();
    assertThat(pace.dueNanos(0, 0)).isEqualTo(250_000_000L);
    pace.event(ticker.nanos());
    ticker.advance(Duration.ofSeconds(14));
    assertThat(pace.dueNanos(0, ticker.nanos())).isEqualTo(50_000_000L);
    ticker.advance(Duration.ofSeconds(1));
    assertThat(pace.dueNanos(0, ticker.nanos())).isEqualTo(250_000_000L);
    PollInterval fixed = PollInterval.fixed(15_000_000_000L);
    fixed.event(ticker.nanos());
    assertThat(fixed.dueNanos(0, ticker.nanos())).isEqualTo(15_000_000_000L);
  }

  @Test
  void ownContainerIsReadFromItsMounts() {
    String id = "0123456789abcdef".repeat(4);
    assertThat(
            OwnContainer.idIn(
                "700 681 8:1 /data/containers/%s/resolv.conf /etc/resolv.conf rw - ext4 x"
                    .formatted(id)))
        .contains(id);
    assertThat(OwnContainer.idIn("22 1 8:1 / / rw - ext4 /dev/sda1 rw")).isEmpty();
  }
}
