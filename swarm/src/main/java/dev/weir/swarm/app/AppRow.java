package dev.weir.swarm.app;

/// One line of `weir app ls`.
///
/// @param name of the container or service
/// @param kind `container` or `service`
/// @param image as it was asked for
/// @param state such as `running`
/// @param ports such as `8080->80/tcp`
/// @param node where it runs, if that is known
/// @param id of the container or service, in full
public record AppRow(
    String name, String kind, String image, String state, String ports, String node, String id) {}
