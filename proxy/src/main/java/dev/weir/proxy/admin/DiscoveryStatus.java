package dev.weir.proxy.admin;

import java.util.List;

/// How well the source of services informs the proxy, as its status shows.
///
/// @param source where it learns about services
/// @param staleSeconds how old the newest response is; NaN if there was none yet
/// @param asked how often the proxy asked
/// @param failed how often no response came
/// @param lastFailure why the last time; empty if the last response was good
/// @param problems what is wrong with the configuration, one line each
/// @param warnings what works in a surprising way, one line each
public record DiscoveryStatus(
    String source,
    double staleSeconds,
    long asked,
    long failed,
    String lastFailure,
    List<String> problems,
    List<String> warnings) {}
