package dev.weir.balance.policy;

/// A replica as policies see it.
public interface Candidate {
  /// How many requests it works on or keeps waiting inside it: >= 0.
  int inFlight();

  /// Whether its limit leaves room for one more request.
  boolean hasFreeSlot();

  /// Whether it may have any number of requests in flight.
  boolean hasOpenLimit();

  /// How long a request that comes now is expected to take, in means of the service's work: > 0.
  double score();

  /// How many requests it has for each that it can work on at full speed: >= 0.
  double load();

  /// What its policy remembers of it; the result of [PickPolicy#newState].
  PickState pickState();
}
