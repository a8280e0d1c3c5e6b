/// The policies that choose a replica for a request. They see replicas as [Candidate]s.
@NullMarked
package dev.weir.balance.policy;

import org.jspecify.annotations.NullMarked;
