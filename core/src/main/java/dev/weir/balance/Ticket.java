package dev.weir.balance;

/// A request's place with its balancer, from arrival until it is assigned, refused or cancelled.
public sealed interface Ticket permits QueuedRequest, Ticket.Settled {
  /// The ticket of a request that never had to wait.
  enum Settled implements Ticket {
    /// Assigned or refused before [Balancer#arrive] returned.
    AT_ONCE
  }
}
