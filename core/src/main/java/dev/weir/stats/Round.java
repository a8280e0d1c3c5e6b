package dev.weir.stats;

import dev.weir.base.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One round of a comparison: every variant runs once, in a random order, under one schedule.
///
/// Orders are drawn, not rotated, so a machine that slows down during a round affects all variants
/// alike. Schedules differ between rounds, so an interval over rounds also covers the choice of
/// schedule.
///
/// @param number from 1
/// @param scheduleSeed of the schedule that all of this round get
/// @param order the variants in the order in which they run
public record Round(int number, long scheduleSeed, List<String> order) {
  /// Fewer rounds give no interval.
  public static final int ROUNDS_MIN = 2;

  /// Split longer experiments into several comparisons.
  public static final int ROUNDS_MAX = 50;

  private static final long SEED_MAX = 1_000_000_000;

  public Round {
    order = List.copyOf(order);
  }

  /// Draws all rounds.
  public static List<Round> draw(List<String> variants, int rounds, long seed) {
    return draw(variants, rounds, ROUNDS_MIN, seed);
  }

  /// The same where fewer rounds will do.
  ///
  /// @param least the least number of rounds that is accepted
  public static List<Round> draw(List<String> variants, int rounds, int least, long seed) {
    var problems = new Problems();
    problems.check(
        rounds >= least && rounds <= ROUNDS_MAX, "--rounds", rounds, least + " to " + ROUNDS_MAX);
    problems.throwIfAny("compare");
    var random = new SplittableRandom(seed);
    var all = new ArrayList<Round>();
    for (int number = 1; number <= rounds; number++) {
      all.add(new Round(number, random.nextLong(SEED_MAX), shuffled(variants, random)));
    }
    return all;
  }

  /// Fisher and Yates' shuffle: every order is as likely as any other.
  private static List<String> shuffled(List<String> variants, SplittableRandom random) {
    var order = new ArrayList<>(variants);
    for (int i = order.size() - 1; i > 0; i--) {
      String one = order.get(i);
      int j = random.nextInt(i + 1);
      order.set(i, order.get(j));
      order.set(j, one);
    }
    return order;
  }
}
