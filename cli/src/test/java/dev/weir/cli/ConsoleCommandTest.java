package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.option.ExitCode;
import org.junit.jupiter.api.Test;

/// What `weir console` and `weir balance --console` say of options that cannot work.
class ConsoleCommandTest {
  @Test
  void allProblemsAreSaidAtOnce() {
    Ran ran =
        Ran.weir(
            "console --listen nowhere --balancer ftp://a --balancer http://u:p@h:1 --host ftp://h");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err())
        .contains("--listen: nowhere (expected: ")
        .contains("--balancer: ftp://a (expected: the admin port of a balancer, as in ")
        .contains("--host: ftp://h (expected: ")
        .doesNotContain("u:p");
  }

  @Test
  void aCertificateNeedsItsKey() {
    Ran ran = Ran.weir("console --tls-cert c.pem");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("--tls-key: missing (expected: both of ");
  }

  @Test
  void aBalancersConsoleIsOffUnlessAsked() {
    for (String option :
        new String[] {"--console-write", "--console-token-file t", "--console-host h"}) {
      Ran ran = Ran.weir("balance --replica http://127.0.0.1:1 " + option);
      assertThat(ran.code()).as(option).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).contains("(expected: beside it --console)");
    }
    assertThat(Ran.weir("balance --replica http://127.0.0.1:1 --console x").err())
        .contains("--console: x (expected: ");
  }

  @Test
  void anIntervalIsForWatching() {
    assertThat(Ran.weir("stack display --interval 2s").err())
        .contains("(expected: beside it --watch)");
    assertThat(Ran.weir("stack display --watch --interval 1ms").err()).contains(">= 500ms");
  }
}
