/// `weir scale`, which shows and pauses autoscaling, and how a balancer's process scales its
/// services. Start with [ScaleCommand].
@NullMarked
package dev.weir.cli.scale;

import org.jspecify.annotations.NullMarked;
