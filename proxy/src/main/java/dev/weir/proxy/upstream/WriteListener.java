package dev.weir.proxy.upstream;

/// Counts what is written to a replica until the replica takes it.
public interface WriteListener {
  /// So many bytes were written.
  void wroteUpstream(long bytes);

  /// Bytes written were flushed: those that are left, the replica does not take yet.
  void flushed();
}
