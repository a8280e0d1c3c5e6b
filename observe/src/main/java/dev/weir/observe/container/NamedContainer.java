package dev.weir.observe.container;

/// A container with its engine's names.
///
/// @param id the full id, 64 hexadecimal digits
/// @param name its name in charts, without the engine's leading slash
/// @param service the swarm service it belongs to, or ""
/// @param task the swarm task it runs, by id, or ""
public record NamedContainer(String id, String name, String service, String task) {}
