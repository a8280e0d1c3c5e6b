/// Who serves a request and when: one queue per service, the policies that choose a replica, the
/// limits on what a replica may work on, and the leases that account for it.
@NullMarked
package dev.weir.balance;

import org.jspecify.annotations.NullMarked;
