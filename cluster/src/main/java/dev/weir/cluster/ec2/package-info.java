/// Machines of a cluster on Amazon EC2: planned, made, found again by tag, and removed.
@NullMarked
package dev.weir.cluster.ec2;

import org.jspecify.annotations.NullMarked;
