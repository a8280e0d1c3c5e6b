/// The policies that choose a replica for a request. A policy sees replicas as [Candidate]s, keeps
/// state of its own for each, and allocates nothing for a choice. Those with an order ask a
/// tournament tree ([Ranking]) for the best; the others draw at random. Start with [PickPolicy],
/// then [FastestFree], the policy `weir`.
@NullMarked
package dev.weir.balance.policy;

import org.jspecify.annotations.NullMarked;
