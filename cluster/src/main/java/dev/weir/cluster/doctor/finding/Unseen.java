package dev.weir.cluster.doctor.finding;

/// Something that a check could not look at. It may be in order or not.
///
/// @param check the name of the check
/// @param subject the node, service, network or pair of nodes
/// @param why what was missing
public record Unseen(String check, String subject, String why) {}
