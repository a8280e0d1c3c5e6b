/// When a request may go to which replica. All event loops share a service's balancer behind a
/// lock; a request that must wait gets the decision through its [AdmissionListener].
///
/// [LockedBalancer] also keeps retries to a [RetryBudget]. [SlotUse] says when a lease's slot is no
/// longer used, and [EarlyRelease] why. Read [LockedBalancer] first.
@NullMarked
package dev.weir.proxy.admission;

import org.jspecify.annotations.NullMarked;
