package dev.weir.balance;

/// A request's place in the queue, until it is assigned, refused or cancelled.
public sealed interface Ticket extends Admission permits QueuedRequest {}
