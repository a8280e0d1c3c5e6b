/// What a running balancer says of its services on its admin port. Start with [BalancerReading].
@NullMarked
package dev.weir.observe.balancer;

import org.jspecify.annotations.NullMarked;
