package dev.weir.lab.local;

import dev.weir.sim.Variant;
import java.nio.file.Path;

/// One policy's run on this machine.
///
/// @param name what its run is called
/// @param balancing the balancer's policy and limit
/// @param task what the live line begins with
/// @param port the balancer's
/// @param adminPort the balancer's admin port
/// @param folder where the run is recorded
/// @param command what repeats it
public record LocalTrial(
    String name,
    Variant balancing,
    String task,
    int port,
    int adminPort,
    Path folder,
    String command) {}
