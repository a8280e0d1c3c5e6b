package dev.weir.cluster.doctor.reading;

import dev.weir.ssh.SshLogin;
import java.util.Optional;

/// A machine to log in to.
///
/// @param name for the reader
/// @param login how
/// @param nodeId which node of the swarm it is, if that is written down
public record HostTarget(String name, SshLogin login, Optional<String> nodeId) {}
