package dev.weir.cli;

import java.nio.file.Path;

/// One policy's turn on this machine.
///
/// @param name what its run is called
/// @param policy the balancer's
/// @param task what the live line begins with
/// @param port the balancer's
/// @param adminPort the balancer's admin port
/// @param folder where the run is recorded
/// @param command what repeats it
record DemoTurn(
    String name,
    String policy,
    String task,
    int port,
    int adminPort,
    Path folder,
    String command) {}
