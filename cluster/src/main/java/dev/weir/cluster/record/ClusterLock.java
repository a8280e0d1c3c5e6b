package dev.weir.cluster.record;

/// The right to change a cluster, held by one process at a time until closed.
public final class ClusterLock implements AutoCloseable {
  ClusterLock() {}

  @Override
  public void close() {}
}
