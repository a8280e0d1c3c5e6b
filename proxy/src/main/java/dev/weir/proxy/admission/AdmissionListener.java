package dev.weir.proxy.admission;

import dev.weir.balance.Admission;

/// A queued request that waits for the balancer's decision.
public interface AdmissionListener {
  /// The balancer decided: it leased a slot or refused the request. Any thread may call it, under
  /// the balancer's lock, so an implementation hands the decision to its own event loop.
  void decided(Admission decision);
}
