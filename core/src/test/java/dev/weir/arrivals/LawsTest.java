package dev.weir.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Laws come from names and parameters, and what is wrong with those is said all at once.
class LawsTest {
  @Test
  void makesEveryLawItLists() {
    var all =
        Map.ofEntries(
            Map.entry("poisson", Map.of("lambda", 4.0)),
            Map.entry("constant", Map.of("mean", 0.25)),
            Map.entry("uniform", Map.of("min", 0.1, "max", 0.2)),
            Map.entry("normal", Map.of("mu", 1.0, "sigma", 0.5)),
            Map.entry("folded-normal", Map.of("mu", 1.0, "sigma", 0.5)),
            Map.entry("lognormal", Map.of("mean", 0.2, "cov", 2.0)),
            Map.entry("gamma", Map.of("mean", 0.2, "cov", 2.0)),
            Map.entry("weibull", Map.of("mean", 0.2, "shape", 0.5)),
            Map.entry("pareto", Map.of("mean", 0.2, "shape", 2.5)),
            Map.entry("hyperexponential", Map.of("mean", 0.2, "scv", 4.0)),
            Map.entry(
                "mmpp",
                Map.of("lambda1", 100.0, "lambda2", 0.0, "sojourn1", 1.0, "sojourn2", 2.0)));
    assertThat(all.keySet()).containsExactlyInAnyOrderElementsOf(Laws.names());
    all.forEach((name, parameters) ->
        assertThat(Laws.named(name, parameters).describe()).startsWith(name + "("));
  }

  @Test
  void describesItselfAsTyped() {
    assertThat(Laws.named("poisson", Map.of("lambda", 4.0)).describe())
        .isEqualTo("poisson(lambda=4)");
    assertThat(Laws.named("gamma", Map.of("mean", 0.25, "cov", 2.0)).describe())
        .isEqualTo("gamma(mean=0.25, cov=2)");
  }

  @Test
  void aRateIsOneOverTheMean() {
    assertThat(Laws.named("gamma", Map.of("lambda", 4.0, "cov", 2.0)))
        .isEqualTo(new Gamma(0.25, 2));
    assertThat(Laws.named("poisson", Map.of("mean", 0.25))).isEqualTo(new Poisson(4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Laws.named("poisson", Map.of("mean", 0.25, "lambda", 4.0)))
        .withMessage("poisson: --mean: 0.25 (expected: not beside --lambda)");
  }

  @Test
  void anUnknownNameGetsTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Laws.named("possion", Map.of()))
        .withMessageStartingWith(
            "possion: --time-dist: possion (expected: one of poisson, constant,")
        .withMessageEndingWith("did you mean poisson?)");
  }

  @Test
  void reportsAllProblemsAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Laws.named("normal", Map.of("lambda", 4.0, "sigma", -1.0)))
        .withMessage(
            """
            normal: 3 problems
              - --mu: missing (normal takes --mu, --sigma)
              - --sigma: -1.0 (expected: > 0; for no spread at all use --time-dist constant)
              - --lambda: not for normal (normal takes --mu, --sigma)\
            """);
  }

  @Test
  void crossedBoundsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Laws.named("uniform", Map.of("min", 0.2, "max", 0.1)))
        .withMessage("uniform: --max: 0.1 (expected: > --min 0.2)");
  }

  @Test
  void aLawCannotExistInvalid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Poisson(Double.NaN))
        .withMessage("--lambda: NaN (expected: > 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pareto(1, 1))
        .withMessage("--shape: 1.0 (expected: > 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trace())
        .withMessage("--trace: 0 gaps (expected: 1 to 20000000)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trace(1, -2))
        .withMessage("--trace: -2.0 (expected: >= 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mmpp(0, 0, 1, 1))
        .withMessage("--lambda1: 0 (expected: > 0, or --lambda2 > 0)");
  }
}
