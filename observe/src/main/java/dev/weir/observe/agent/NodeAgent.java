package dev.weir.observe.agent;

import java.net.URI;
import java.util.Optional;

/// A node and the address of its agent.
///
/// @param node the machine's name
/// @param address such as https://10.0.0.5:7070/; absent if no agent runs there
/// @param reason why there is no address, or ""
public record NodeAgent(String node, Optional<URI> address, String reason) {}
