package dev.weir.balance.policy;

/// A replica as policies see it.
public interface Candidate {
  /// How many requests it has, working or waiting inside it: >= 0.
  int inFlight();

  /// Whether its limit leaves room for one more request.
  boolean hasFreeSlot();

  /// Whether it may have any number of requests in flight.
  boolean hasOpenLimit();

  /// The expected time of a request that comes now, in means of the service's work: > 0.
  double score();

  /// Its requests in flight over the number it can work on at full speed: >= 0.
  double load();

  /// Its policy's state of it, made by [PickPolicy#newState].
  PickState pickState();
}
