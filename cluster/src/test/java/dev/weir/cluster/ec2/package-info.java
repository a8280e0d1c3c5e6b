/// Tests of machines on EC2, against Moto's server through a proxy that makes faults.
@NullMarked
package dev.weir.cluster.ec2;

import org.jspecify.annotations.NullMarked;
