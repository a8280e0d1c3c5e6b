package dev.weir.base;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/// Problems are named as the user typed them and reported all at once.
class ProblemsTest {
  @Test
  void reportsEveryProblemAtOnce() {
    var problems = new Problems();
    problems.check(false, "--queue-cap", -1, ">= 0");
    problems.collect(() -> Checks.positive(-4, "--lambda"));
    problems.check(true, "--seed", 7, "any number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> problems.throwIfAny("weir load"))
        .withMessage(
            """
            weir load: 2 problems
              - --queue-cap: -1 (expected: >= 0)
              - --lambda: -4.0 (expected: > 0)\
            """);
  }

  @Test
  void oneProblemIsOneLine() {
    var problems = new Problems();
    problems.check(false, "--iter", 0, ">= 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> problems.throwIfAny("weir load"))
        .withMessage("weir load: --iter: 0 (expected: >= 1)");
  }

  @Test
  void noProblemPasses() {
    assertThatCode(() -> new Problems().throwIfAny("weir load")).doesNotThrowAnyException();
  }
}
