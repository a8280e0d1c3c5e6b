package dev.weir.balance;

/// What a policy says about one request.
sealed interface Pick {
  /// Send it there. Each replica keeps its own, so that a pick allocates nothing.
  record To(Replica replica) implements Pick {}

  /// Nobody has room, or there is nobody: let it wait.
  record Queue() implements Pick {}

  /// The one instance of waiting.
  Pick QUEUE = new Queue();
}
