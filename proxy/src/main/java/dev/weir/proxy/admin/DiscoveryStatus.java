package dev.weir.proxy.admin;

import java.util.List;

/// How current the proxy's knowledge of its services is, for its status.
///
/// @param source where it learns about services
/// @param staleSeconds how old the newest response is; NaN if there was none yet
/// @param asked how often the proxy asked
/// @param failed how often no response came
/// @param lastFailure why the last request failed; empty if it succeeded
/// @param problems errors in the configuration, one line each
/// @param warnings what works in a surprising way, one line each
public record DiscoveryStatus(
    String source,
    double staleSeconds,
    long asked,
    long failed,
    String lastFailure,
    List<String> problems,
    List<String> warnings) {}
