package dev.weir.balance;

/// Carries out what a [Balancer] decides about queued requests. The decision about an arriving
/// request is the return value of [Balancer#arrive].
///
/// The balancer calls it from within its own methods, on the caller's thread. An implementation
/// must not call the balancer back, but it may note the decision for later.
///
/// @param <R> the shell's own kind of request
public interface Dispatch<R> {
  /// A slot was leased to `request`: send it to `lease.replica()`.
  void assigned(R request, Lease lease);

  /// `request` will not be served: respond with 503.
  void refused(R request, Refusal reason);
}
