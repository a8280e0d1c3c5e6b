package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ReplicaEndpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A thousand open requests beside short ones, with `weir` and with round robin.
class LongPollTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String POLL = "GET /poll HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final int POLLS = 1000;
  private static final int ROUNDS = 7;
  private static final int REQUESTS = 300;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Semaphore polls = new Semaphore(0);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    over.countDown();
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  /// Holds polls, after this much of their response; serves all other requests.
  private FakeReplica holding(String begin) throws IOException {
    return opened(
        FakeReplica.scripted((_, wire) -> {
          for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
            if (head.startsWith("GET /poll ")) {
              wire.send(begin);
              polls.release();
              holdOn();
            } else {
              wire.send(FakeReplica.ok("short"));
            }
          }
        }));
  }

  private void holdOn() throws IOException {
    try {
      assertThat(over.await(5, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private ProxyServer proxy(PolicySpec policy, String begin) throws IOException {
    List<ReplicaEndpoint> replicas = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      replicas.add(new ReplicaEndpoint("b" + i, "127.0.0.1", holding(begin).port(), 64));
    }
    return opened(
        ProxyServer.start(
            ProxySettings.of(Proxies.ANYWHERE, replicas, BalancerSettings.of(policy))
                .with(new ProxySettings.Options(1, 5000, false, false, null))));
  }

  private Wire client(ProxyServer proxy) throws IOException {
    return opened(Wire.to(proxy.address()));
  }

  private static long p99Nanos(Wire client, int requests) throws IOException {
    var nanos = new long[requests];
    for (int i = 0; i < requests; i++) {
      long startNanos = System.nanoTime();
      assertThat(client.send(GET).response()).endsWith("short");
      nanos[i] = System.nanoTime() - startNanos;
    }
    Arrays.sort(nanos);
    return nanos[requests * 99 / 100];
  }

  private void sendPolls(ProxyServer proxy) throws IOException {
    for (int i = 0; i < POLLS; i++) {
      Wire _ = client(proxy).send(POLL);
    }
  }

  /// The machine's noise hits both in turn, and the median round of each counts.
  private static void assertNoSlower(ProxyServer weir, ProxyServer roundRobin) throws IOException {
    var ours = new long[ROUNDS];
    var theirs = new long[ROUNDS];
    try (var toWeir = Wire.to(weir.address());
        var toRoundRobin = Wire.to(roundRobin.address())) {
      for (int i = 0; i < ROUNDS; i++) {
        ours[i] = p99Nanos(toWeir, REQUESTS);
        theirs[i] = p99Nanos(toRoundRobin, REQUESTS);
      }
    }
    Arrays.sort(ours);
    Arrays.sort(theirs);
    assertThat(ours[ROUNDS / 2] / 1e6)
        .as("p99 in ms, beside %s ms of round robin", theirs[ROUNDS / 2] / 1e6)
        .isLessThan(1.1 * theirs[ROUNDS / 2] / 1e6 + 20);
  }

  @Test
  void aThousandPollsWhoseHeadsHaveComeStarveNobody() throws Exception {
    pollsStarveNobody("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  /// A request without a response yet is work. It starves no other, for limits are open until there
  /// is evidence that the replicas are saturated.
  @Test
  void aThousandPollsWhoseHeadsHaveNotComeStarveNobody() throws Exception {
    pollsStarveNobody("");
  }

  private void pollsStarveNobody(String begun) throws Exception {
    var weir = proxy(PolicySpec.WEIR, begun);
    var roundRobin = proxy(PolicySpec.ROUND_ROBIN, begun);
    for (ProxyServer proxy : List.of(weir, roundRobin)) {
      assertThat(p99Nanos(client(proxy), REQUESTS)).isPositive(); // S is known now
      sendPolls(proxy);
    }
    assertThat(polls.tryAcquire(2 * POLLS, 60, TimeUnit.SECONDS)).isTrue();
    assertNoSlower(weir, roundRobin);
  }
}
