/// Which replica serves a request and when: one queue per service, its replicas, and the leases
/// that account for their slots. The policies and the limits are rooms of their own.
@NullMarked
package dev.weir.balance;

import org.jspecify.annotations.NullMarked;
