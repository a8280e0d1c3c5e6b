package dev.weir.sim.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.PolicySpec;
import dev.weir.sim.Variant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The policy suite in short: `weir simulate --suite` plays every case, under more seeds.
final class PolicySuiteTest {
  private static final long SEED = 1;
  private static final int SEEDS = 2;

  /// One case of each kind.
  private static final List<String> SHORT =
      List.of(
          "ps1 x4 rho .5 cs2 1",
          "inf x4 S 200ms 640/s cs2 0",
          "fcfs64 x4 S 200ms rho .5 cs2 0",
          "fcfs16 x4 S 200ms rho .5 cs2 1",
          "fcfs4 x4 rho .85 cs2 1",
          "inf x4 S 200ms mmpp 20/600 cs2 1",
          "inf x4 S 200ms 640/s cs2 1 S x4 for 30 s",
          "inf x4 rho .85 cs2 1 bottleneck 4",
          "fcfs4 x4 rho .7 cs2 1 rolling update",
          "ps1 x4 rho .6 cs2 1 one errs",
          "ps1 x4 rho .85 cs2 .1",
          "fcfs1 x4 rho .85 cs2 1",
          "ps1 x16 rho .85 cs2 1",
          "ps1 x4 rho .85 cs2 1 one at .4",
          "ps1 x4 rho .8 cs2 1 to 1.2 for 60 s",
          "ps1 x4 rho .2 cs2 1 rate x4 for 60 s",
          "ps1 x4 rho .2 cs2 1 S x4 for 30 s",
          "ps1 x4 rho .7 cs2 1 one to .25 for 60 s",
          "ps1 x4 rho .6 cs2 1 one crashes",
          "ps1 x4 rho .6 cs2 1 rolling update");

  @Test
  void weirPassesTheShortForm() {
    SHORT.parallelStream()
        .map(name -> judge(name, Variant.of(PolicySpec.WEIR)))
        .forEach(verdict ->
            assertThat(verdict.passes())
                .as("%s, seeds %d and %d", verdict, SEED, SEED + 1)
                .isTrue());
  }

  /// Against itself least requests is neither better nor worse.
  @Test
  void leastRequestsEqualsItself() {
    Verdict verdict =
        judge("fcfs16 x4 rho .6 cs2 1 one to .25 for 60 s", PolicySpec.LEAST_REQUESTS);
    assertThat(verdict.passes()).isTrue();
    assertThat(verdict.findings()).allMatch(finding -> finding.value() == 1);
  }

  /// Round robin fails: by its p99 from 1.1 on, by a window of time, and against limits set by
  /// hand.
  @Test
  void theRulesBite() {
    Verdict verdict = judge("ps1 x4 rho .85 cs2 1 one at .4", PolicySpec.ROUND_ROBIN);
    assertThat(verdict.passes()).isFalse();
    assertThat(verdict.findings()).extracting(RuleResult::rule).doesNotContain(Rule.OTHERS);
    assertThat(verdict.findings()).noneMatch(RuleResult::passes);
    assertThat(verdict.decisive().value()).isGreaterThan(5);
  }

  /// Least requests prefers a replica that fails fast: it always has the fewest in flight.
  @Test
  void aBlackHoleIsSeen() {
    Verdict verdict = judge("ps1 x4 rho .6 cs2 1 one errs", PolicySpec.LEAST_REQUESTS);
    assertThat(verdict.decisive().rule()).isEqualTo(Rule.ERROR_SHARE);
    assertThat(verdict.decisive().value()).isGreaterThan(1.2);
    Verdict fair = judge("ps1 x4 rho .6 cs2 1 one errs", PolicySpec.ROUND_ROBIN);
    assertThat(fair.findings()).allMatch(RuleResult::passes);
  }

  @Test
  void namesAreUniqueAndEveryValueIsCovered() {
    List<String> names = Suite.cases().stream().map(SuiteCase::name).toList();
    assertThat(names).doesNotHaveDuplicates().hasSizeBetween(60, 100).containsAll(SHORT);
    Stream.of(
            "ps1",
            "ps4",
            "ps16",
            "fcfs1",
            "fcfs4",
            "fcfs16",
            "fcfs64",
            "inf",
            "cs2 .1",
            "cs2 1",
            "cs2 4",
            "cs2 16",
            "rho .3",
            "rho .5",
            "rho .7",
            "rho .85",
            "rho .95",
            "1.2",
            "mmpp",
            "rate",
            "one at .4",
            "one to .25",
            "s x4",
            "bottleneck",
            "update",
            "x1",
            "x2",
            "x4",
            "x16",
            "x100",
            "errs")
        .forEach(value -> assertThat(Suite.cases(value)).as(value).isNotEmpty());
  }

  private static Verdict judge(String name, PolicySpec policy) {
    return judge(name, Variant.of(policy));
  }

  private static Verdict judge(String name, Variant variant) {
    return Judge.judge(Suite.cases(name).getFirst(), variant, SEED, SEEDS, _ -> {});
  }
}
