package dev.weir.proxy.upstream;

/// Counts what is written to a replica until the replica takes it.
public interface WriteListener {
  /// Bytes were written.
  void wroteUpstream(long bytes);

  /// Written bytes were flushed; the replica does not take the rest yet.
  void flushed();
}
