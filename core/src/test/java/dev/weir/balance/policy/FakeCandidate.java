package dev.weir.balance.policy;

/// A replica that is as busy, as limited and as slow as a test says.
final class FakeCandidate implements Candidate {
  private final String id;
  private final int slots;
  private final double slowness;
  private final PickState state;
  private int inFlight;

  /// @param slots its limit; [Integer#MAX_VALUE] for none
  /// @param slowness 1 for the mean, 2 for half as fast
  FakeCandidate(String id, int inFlight, int slots, double slowness, PickState state) {
    this.id = id;
    this.inFlight = inFlight;
    this.slots = slots;
    this.slowness = slowness;
    this.state = state;
  }

  String id() {
    return id;
  }

  void lease() {
    inFlight++;
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public boolean hasFreeSlot() {
    return inFlight < slots;
  }

  @Override
  public boolean hasOpenLimit() {
    return slots == Integer.MAX_VALUE;
  }

  @Override
  public double score() {
    return slowness * (inFlight + 1);
  }

  @Override
  public double load() {
    return inFlight;
  }

  @Override
  public PickState pickState() {
    return state;
  }
}
