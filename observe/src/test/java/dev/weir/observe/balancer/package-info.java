/// Tests of the package of the same name.
@NullMarked
package dev.weir.observe.balancer;

import org.jspecify.annotations.NullMarked;
