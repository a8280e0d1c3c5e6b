package dev.weir.balance;

/// Carries out what a [Balancer] decides. Called from within the balancer's own methods, on the
/// caller's thread; it must not call the balancer back but may note the decision for later.
///
/// @param <R> the shell's own kind of request
public interface Dispatch<R> {
  /// A slot was leased to `request`: send it to `lease.replica()`.
  void assigned(R request, Lease lease);

  /// `request` will not be served: answer it 503.
  void refused(R request, Refusal reason);
}
