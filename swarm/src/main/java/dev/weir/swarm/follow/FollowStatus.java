package dev.weir.swarm.follow;

import java.util.List;

/// How well a follower is informed.
///
/// @param source the manager that is asked
/// @param staleNanos the age of its newest response
/// @param polls how often one was asked
/// @param failures how often it did not respond
/// @param lastFailure why the last time; empty if the last response was good
/// @param problems what is wrong with the services' labels, one line each
/// @param warnings what works, but not as one would expect, one line each
public record FollowStatus(
    String source,
    long staleNanos,
    long polls,
    long failures,
    String lastFailure,
    List<String> problems,
    List<String> warnings) {}
