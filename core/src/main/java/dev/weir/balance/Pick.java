package dev.weir.balance;

/// What a policy says about one request.
sealed interface Pick {
  /// Send it there. Each replica keeps its own, so that a pick allocates nothing.
  record To(Replica replica) implements Pick {}

  /// Nobody has room: let it wait for a slot.
  record Queue() implements Pick {}

  /// It cannot be served.
  record Refuse(Refusal reason) implements Pick {}

  /// The one instance of waiting.
  Pick QUEUE = new Queue();

  /// The one instance of having nobody to ask.
  Pick NO_REPLICA = new Refuse(Refusal.NO_REPLICA);
}
