package dev.weir.console.web;

import java.nio.file.Path;

/// The certificate that the console shows, and its key: PEM files.
///
/// @param certificate the leaf first, then what signed it
/// @param key without a password
public record TlsFiles(Path certificate, Path key) {}
