package dev.weir.cluster.doctor.reading;

import dev.weir.cluster.doctor.fact.Member;

/// A node from which ports of others are tried.
///
/// @param member the node
/// @param shell runs commands there
record Station(Member member, NodeShell shell) {}
