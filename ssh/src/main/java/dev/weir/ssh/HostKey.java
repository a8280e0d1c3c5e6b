package dev.weir.ssh;

/// A public key by which a host proves who it is.
///
/// @param type such as `ssh-ed25519`
/// @param fingerprint such as `SHA256:…`, as `ssh-keygen -l` prints it
/// @param line what known_hosts holds of it: the host, the type and the key
public record HostKey(String type, String fingerprint, String line) {}
