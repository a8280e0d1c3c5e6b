package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.BalancerStatus.ReplicaStatus;
import dev.weir.balance.PolicySpec;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of a service's balancer when its settings change.
final class ManagedServiceTest {
  private final Transport transport = Transport.best();
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, transport.handlers());
  private final UpstreamConnector reach = new UpstreamConnector(transport);
  private final ManagedService fronted =
      new ManagedService(
          spec(PolicySpec.WEIR),
          Proxies.settings(PolicySpec.WEIR),
          loops.next(),
          reach,
          new RateLimitedLog(System::nanoTime));

  @AfterEach
  void stop() {
    reach.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /// An event loop that has not heard of the change goes on to give it requests.
  @Test
  void aFormerBalancerIsKeptUntilEveryLoopAsksTheNewOne() {
    LockedBalancer first = fronted.service();
    fronted.become(spec(PolicySpec.RANDOM));
    fronted.tick();
    fronted.usable(List.of(replica("a")));
    assertThat(replicas(first)).containsExactly("a");
    assertThat(fronted.isIdle()).isFalse();
    fronted.settled(fronted.service());
    fronted.tick();
    fronted.usable(List.of(replica("b")));
    assertThat(replicas(first)).containsExactly("a");
    assertThat(replicas(fronted.service())).containsExactly("b");
    assertThat(fronted.isIdle()).isTrue();
  }

  /// The loops were so late with the first change that the second came meanwhile.
  @Test
  void ofTwoChangesEachFreesTheBalancersBeforeIt() {
    LockedBalancer first = fronted.service();
    fronted.become(spec(PolicySpec.RANDOM));
    LockedBalancer second = fronted.service();
    fronted.become(spec(PolicySpec.ROUND_ROBIN));
    fronted.settled(second);
    fronted.tick();
    fronted.usable(List.of(replica("a")));
    assertThat(replicas(first)).isEmpty();
    assertThat(replicas(second)).containsExactly("a");
    fronted.settled(fronted.service());
    fronted.settled(second);
    fronted.tick();
    assertThat(fronted.isIdle()).isTrue();
  }

  @Test
  void aServiceThatLeftIsKeptUntilNoLoopAsksItAnyMore() {
    fronted.leave();
    assertThat(fronted.isIdle()).isFalse();
    fronted.settled(fronted.service());
    assertThat(fronted.isIdle()).isTrue();
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
