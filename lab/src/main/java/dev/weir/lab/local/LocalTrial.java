package dev.weir.lab.local;

import dev.weir.sim.Variant;
import java.nio.file.Path;

/// One policy's run on this machine.
///
/// @param name of the run
/// @param balancing the balancer's policy and limit
/// @param task the beginning of the live line
/// @param port the balancer's
/// @param adminPort the balancer's admin port
/// @param folder where the run is recorded
/// @param command that repeats it
public record LocalTrial(
    String name,
    Variant balancing,
    String task,
    int port,
    int adminPort,
    Path folder,
    String command) {}
