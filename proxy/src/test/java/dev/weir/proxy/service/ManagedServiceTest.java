package dev.weir.proxy.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.Admission;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.BalancerStatus.ReplicaStatus;
import dev.weir.balance.PolicySpec;
import dev.weir.proxy.Proxies;
import dev.weir.proxy.admission.LockedBalancer;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.process.RateLimitedLog;
import dev.weir.proxy.socket.Transport;
import dev.weir.proxy.upstream.UpstreamConnector;
import dev.weir.scale.ServiceLoad;
import dev.weir.testing.FakeTicker;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of a service's balancer when its settings change.
final class ManagedServiceTest {
  private final Transport transport = Transport.best();
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, transport.handlers());
  private final UpstreamConnector connector = new UpstreamConnector(transport);
  private final FakeTicker ticker = new FakeTicker();
  private final ManagedService managed =
      new ManagedService(
          spec(PolicySpec.WEIR),
          Proxies.settings(PolicySpec.WEIR),
          loops.next(),
          connector,
          new RateLimitedLog(ticker::nanos),
          ticker::nanos,
          _ -> {});

  @AfterEach
  void stop() {
    connector.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /// An event loop that does not know of the change yet still gives it requests.
  @Test
  void aFormerBalancerIsKeptUntilEveryLoopAsksTheNewOne() {
    LockedBalancer first = managed.balancer();
    managed.become(spec(PolicySpec.RANDOM));
    managed.tick();
    managed.usable(List.of(replica("a")));
    assertThat(replicas(first)).containsExactly("a");
    assertThat(managed.isIdle()).isFalse();
    managed.settled(managed.balancer());
    managed.tick();
    managed.usable(List.of(replica("b")));
    assertThat(replicas(first)).containsExactly("a");
    assertThat(replicas(managed.balancer())).containsExactly("b");
    assertThat(managed.isIdle()).isTrue();
  }

  /// The loops were so late with the first change that the second came meanwhile.
  @Test
  void ofTwoChangesEachFreesTheBalancersBeforeIt() {
    LockedBalancer first = managed.balancer();
    managed.become(spec(PolicySpec.RANDOM));
    LockedBalancer second = managed.balancer();
    managed.become(spec(PolicySpec.ROUND_ROBIN));
    managed.settled(second);
    managed.tick();
    managed.usable(List.of(replica("a")));
    assertThat(replicas(first)).isEmpty();
    assertThat(replicas(second)).containsExactly("a");
    managed.settled(managed.balancer());
    managed.settled(second);
    managed.tick();
    assertThat(managed.isIdle()).isTrue();
  }

  @Test
  void aServiceThatLeftIsKeptUntilNoLoopAsksItAnyMore() {
    managed.leave();
    assertThat(managed.isIdle()).isFalse();
    managed.settled(managed.balancer());
    assertThat(managed.isIdle()).isTrue();
  }

  /// A changed label must not blind the autoscaler for a minute.
  @Test
  void whatWasMeasuredSurvivesAChangeOfSettings() {
    managed.tick();
    for (int second = 0; second < 90; second++) {
      ticker.advance(Duration.ofSeconds(1));
      Admission _ = managed.balancer().arrive(_ -> {}, ticker.nanos());
      managed.tick();
    }
    ServiceLoad before = managed.load(0);
    assertThat(before.rate().isFull()).isTrue();
    managed.become(spec(PolicySpec.RANDOM));
    assertThat(managed.load(0).rate()).isEqualTo(before.rate());
    assertThat(managed.load(0).rate().perSecond()).isEqualTo(1);
  }

  private static List<String> replicas(LockedBalancer of) {
    return of.status().replicas().stream().map(ReplicaStatus::id).toList();
  }

  private static ReplicaEndpoint replica(String id) {
    return new ReplicaEndpoint(id, "127.0.0.1", 1, 1);
  }

  private static ServiceSpec spec(PolicySpec policy) {
    return ServiceSpec.only(BalancerSettings.of(policy), List.of());
  }
}
