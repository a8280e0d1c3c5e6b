package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.PolicySpec;
import dev.weir.proxy.TemperedOrigin.Temper;
import dev.weir.proxy.config.HttpRules;
import dev.weir.proxy.config.ProxySettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// No spelling of a request makes an origin see other requests than the proxy sent. Some of all
/// cases run with every build; `bench/wire` runs all of them (`-Dwire.share=1`).
@Execution(ExecutionMode.CONCURRENT)
class DesyncTest {
  private static final double SHARE = Double.parseDouble(System.getProperty("wire.share", "0.15"));
  private static final long SEED = Long.getLong("wire.seed", 1);

  @ParameterizedTest
  @EnumSource(Temper.class)
  void noOriginIsFooled(Temper temper) throws IOException {
    var origin = new TemperedOrigin(temper);
    List<Smuggling.Case> cases = some(Smuggling.ofRequests().all());
    try (var replica = FakeReplica.scripted((_, wire) -> origin.serve(wire));
        var proxy =
            ProxyServer.start(Proxies.oneLoop(Proxies.settings(PolicySpec.WEIR, replica)))) {
      assertThat(new Desync(proxy.address(), origin).run(cases)).isEmpty();
      assertThat(origin.refused()).as("what was forwarded is plain to everybody").isEmpty();
    }
    LoggerFactory.getLogger("wire").warn("{}: {} cases, 0 fooled", temper, cases.size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noClientGetsAHiddenResponse(boolean lenient) throws IOException {
    List<Smuggling.Case> cases = some(Smuggling.ofResponses().all());
    var wrong = new ArrayList<String>();
    try (var replica = FakeReplica.scripted((_, wire) -> PoisonedOrigin.serve(cases, wire));
        var proxy = ProxyServer.start(only(replica, lenient))) {
      for (int i = 0; i < cases.size(); i++) {
        String problem = PoisonedOrigin.problem(proxy.address(), i);
        if (!problem.isEmpty()) {
          wrong.add(cases.get(i).shown() + ": " + problem);
        }
      }
    }
    assertThat(wrong).isEmpty();
    LoggerFactory.getLogger("wire").warn("lenient {}: {} responses", lenient, cases.size());
  }

  private static ProxySettings only(FakeReplica replica, boolean lenient) {
    ProxySettings settings = Proxies.oneLoop(Proxies.settings(PolicySpec.ROUND_ROBIN, replica));
    return settings.with(settings.options().with(HttpRules.DEFAULTS.withLenient(lenient)));
  }

  @Test
  void plantedFaultIsFound() throws IOException {
    assertThat(planted(true)).anyMatch(line -> line.startsWith("Content-Length: 0%s (200)"));
    assertThat(planted(false)).isEmpty();
  }

  private static List<String> planted(boolean fault) throws IOException {
    var origin = new TemperedOrigin(Temper.OCTAL);
    try (var replica = FakeReplica.scripted((_, wire) -> origin.serve(wire));
        var proxy = new FaultyProxy(replica.port(), fault)) {
      List<Smuggling.Case> octal =
          Smuggling.ofRequests().lengths().stream()
              .filter(one -> one.name().matches("Content-Length: 0*%s \\((100|177|200)\\)"))
              .toList();
      return new Desync(proxy.address(), origin).run(octal);
    }
  }

  private static List<Smuggling.Case> some(List<Smuggling.Case> all) {
    var random = new Random(SEED);
    return all.stream().filter(_ -> random.nextDouble() < SHARE).toList();
  }
}
