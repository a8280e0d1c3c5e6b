package dev.weir.proxy.service;

/// How a service that may have no replica stands.
///
/// @param state `awake` with replicas, `cold` without, `failed` if none can be started
/// @param holdSeconds how long requests wait for a replica
/// @param reason why none starts; empty if nothing is known to be wrong
/// @param waiting how many requests wait while there is no replica
public record ZeroStatus(String state, double holdSeconds, String reason, int waiting) {}
