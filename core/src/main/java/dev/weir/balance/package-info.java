/// Which replica serves a request and when. Requests of one service arrive at its [Balancer], which
/// admits each: with a [Lease] of a replica's slot, with a [Ticket] of the queue, or with a
/// [Refusal]. A lease ends exactly once, with its [Outcome], from which speeds, limits and
/// ejections learn. Policies and limits have packages of their own. Start with [Balancer].
@NullMarked
package dev.weir.balance;

import org.jspecify.annotations.NullMarked;
