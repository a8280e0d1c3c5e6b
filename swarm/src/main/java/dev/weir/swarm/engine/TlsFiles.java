package dev.weir.swarm.engine;

import java.nio.file.Path;
import java.util.Optional;

/// The PEM files of a TLS connection to an Engine, as for `docker --tlsverify`.
///
/// @param authority which certificates to trust; empty for Java's own CAs
/// @param certificate our own certificate; empty for none
/// @param key the key of that certificate
/// @param verify whether the Engine must prove its name
public record TlsFiles(
    Optional<Path> authority, Optional<Path> certificate, Optional<Path> key, boolean verify) {}
