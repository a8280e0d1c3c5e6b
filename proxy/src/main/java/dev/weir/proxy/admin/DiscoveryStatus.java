package dev.weir.proxy.admin;

import java.util.List;

/// How well the proxy is informed by what tells it about services, as its status shows.
///
/// @param source what tells it
/// @param staleSeconds how old the newest answer is; NaN if there was none yet
/// @param asked how often it was asked
/// @param failed how often it did not answer
/// @param lastFailure why the last time; empty if the last answer was good
/// @param problems what is wrong with the configuration it tells, one line each
/// @param warnings what works, but not as one would expect, one line each
public record DiscoveryStatus(
    String source,
    double staleSeconds,
    long asked,
    long failed,
    String lastFailure,
    List<String> problems,
    List<String> warnings) {}
