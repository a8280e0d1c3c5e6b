/// Machines of a cluster on Amazon EC2: planned, made, found again by tag, and removed.
///
/// Start with `Ec2Cluster`: a `Survey` says what exists, a `Planner` makes a `Plan` of it, and an
/// `Executor` carries out exactly that.
@NullMarked
package dev.weir.cluster.ec2;

import org.jspecify.annotations.NullMarked;
