package dev.weir.swarm.engine;

import java.nio.file.Path;
import java.util.Optional;

/// The PEM files of a TLS connection to an Engine, as `docker --tlsverify` takes them.
///
/// @param authority whom to trust; empty for Java's own authorities
/// @param certificate whom to be; empty for nobody
/// @param key the key of that certificate
/// @param verify whether the Engine must prove its name
public record TlsFiles(
    Optional<Path> authority, Optional<Path> certificate, Optional<Path> key, boolean verify) {}
