package dev.weir.balance.policy;

/// Takes the replica that was picked longest ago.
final class RoundRobin extends OrderedPolicy {
  /*
   * A cursor into a list loses its place whenever the list changes, and then serves one replica
   * twice or skips another (Caddy and Traefik both had it). "Longest ago" needs no list order: with
   * a fixed membership it is the classic cycle, and a replica that joins or comes back is served
   * once and takes its place in it.
   */
  @Override
  public boolean isBefore(Candidate one, Candidate other) {
    return Turn.isBefore(one, other);
  }
}
