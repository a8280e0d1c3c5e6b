package dev.weir.sim;

/// A change of a replica's limit, or of its reason.
///
/// @param seconds virtual time, to the tick
/// @param replica its name
/// @param limit how many requests it may have in flight; 0 for any number
/// @param knee how many it can work on, as learned; 0 until known @param reason the reason in words
public record LimitChange(double seconds, String replica, int limit, int knee, String reason) {}
