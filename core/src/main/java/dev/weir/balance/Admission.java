package dev.weir.balance;

/// What a [Balancer] decided about a request that arrived: a [Lease] to be used now, a [Ticket] of
/// the queue, or the [Refusal] to serve it.
public sealed interface Admission permits Lease, Ticket, Refusal {}
