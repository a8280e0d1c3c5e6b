package dev.weir.swarm.follow;

import java.util.List;

/// How current a follower's knowledge is.
///
/// @param source the manager in use
/// @param staleNanos the age of its newest response
/// @param polls how often a manager was asked
/// @param failures how often it did not respond
/// @param lastFailure why the last request failed; empty if it succeeded
/// @param problems errors in the services' labels, one line each
/// @param warnings what works in a surprising way, one line each
public record FollowStatus(
    String source,
    long staleNanos,
    long polls,
    long failures,
    String lastFailure,
    List<String> problems,
    List<String> warnings) {}
