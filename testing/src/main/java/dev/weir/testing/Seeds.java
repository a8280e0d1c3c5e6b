package dev.weir.testing;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Runs a property under many seeds and names the one that failed.
public final class Seeds {
  private static final int COUNT = 500;

  private Seeds() {}

  /// Runs `property` under 500 seeds; `-Dseeds.replay=30` runs seed 30 alone.
  public static void forAll(Consumer<RandomGenerator> property) {
    forAll(COUNT, property);
  }

  /// Runs `property` under `count` seeds.
  public static void forAll(int count, Consumer<RandomGenerator> property) {
    Integer replay = Integer.getInteger("seeds.replay");
    if (replay != null) {
      property.accept(new SplittableRandom(replay));
      return;
    }
    for (int seed = 0; seed < count; seed++) {
      run(seed, property);
    }
  }

  private static void run(int seed, Consumer<RandomGenerator> property) {
    try {
      property.accept(new SplittableRandom(seed));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "failed with seed %d; replay with -Dseeds.replay=%d".formatted(seed, seed), e);
    }
  }
}
