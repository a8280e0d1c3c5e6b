package dev.weir.cli.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Weir;
import dev.weir.cli.option.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `weir balance` refuses, before it listens.
final class BalanceCommandTest {
  private final StringWriter err = new StringWriter();

  @Test
  void whatIsBalancedIsSaidInOneWay() {
    String way =
        "(expected: one of them, as in --replica http://127.0.0.1:9001 or --service web:8080)";
    assertRefused("--replica, --service, --swarm: none given " + way);
    assertRefused(
        "--replica, --service, --swarm: several given " + way, "--swarm", "--service", "a");
    assertRefused(
        "--replica, --service, --swarm: several given " + way,
        "--swarm",
        "--replica",
        "http://127.0.0.1:1");
  }

  @Test
  void servicesAreNamesAndPorts() {
    for (String bad : new String[] {"web:", "web:http", "web:0"}) {
      assertRefused(
          "--service: %s (expected: NAME or NAME:PORT, as in web:8080)".formatted(bad),
          "--service",
          bad);
    }
    assertRefused("--service: a/b (expected: a service's name)", "--service", "a/b");
    assertRefused("--slow-start: -1000000000 (expected: >= 0)", "--swarm", "--slow-start", "PT-1S");
  }

  @Test
  void limitsAreAutoOffOrNumbers() {
    for (String bad : new String[] {"0", "-1", "many", "100001", "on"}) {
      assertRefused(
          "--limit: %s (expected: auto, off, or how many requests a replica may work on, 1 to 100000)"
              .formatted(bad),
          "--swarm",
          "--limit",
          bad);
      assertThat(err.toString().lines()).hasSize(1);
    }
    assertRefused("--limit-max: 0 (expected: >= 1)", "--swarm", "--limit-max", "0");
    assertRefused("--limit: x (expected: auto", "--swarm", "--limit", "x", "--limit-max", "0");
    assertThat(err.toString()).contains("--limit-max: 0");
  }

  @Test
  void theOrderOfWaitingIsKnown() {
    assertRefused("--queue: lifo (expected: fifo or late-last)", "--swarm", "--queue", "lifo");
    assertRefused("--queue: late-last (expected: beside it --slo", "--swarm", "--queue=late-last");
    assertRefused("'--slo': p99 (expected: a percentile", "--swarm", "--slo", "p99");
  }

  @Test
  void trustedPeersAreNetworks() {
    for (String bad : new String[] {"proxy", "10.0.0.0/33", "10.0.0.1,"}) {
      assertRefused("--trust-forwarded: ", "--swarm", "--trust-forwarded", bad);
      assertThat(err.toString().lines()).hasSize(1);
    }
    String nowhere = "unix:///nowhere/docker.sock";
    for (String good : new String[] {"10.0.0.0/8,::1", "--served-by"}) { // the bare flag goes too
      assertRefused(
          nowhere, "--trust-forwarded", good, "--swarm", "--listen", "127.0.0.1:0", "-H", nowhere);
    }
  }

  @Test
  void limitsOfHeadsHaveBounds() {
    assertRefused("--head-line-max: 1023 (expected", "--swarm", "--head-line-max", "1023");
    assertRefused("--head-fields-max: 1 (expected", "--swarm", "--head-fields-max", "1");
    assertRefused("--head-max: 4096 (expected: at least", "--swarm", "--head-max", "4096");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void anEngineThatIsNotThereIsNamed() {
    String nowhere = "unix:///nowhere/docker.sock";
    assertRefused(nowhere, "--swarm", "--listen", "127.0.0.1:0", "--host", nowhere);
  }

  private void assertRefused(String message, String... args) {
    err.getBuffer().setLength(0);
    var all = new ArrayList<>(List.of(args));
    all.addFirst("balance");
    int code =
        Weir.commandLine().setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
    assertThat(err.toString()).contains(message);
    assertThat(code).isIn(ExitCode.USAGE, ExitCode.FAILED);
  }
}
