/// One image run as an app, by `weir app`: on the Engine's own machine, or on a chosen node of its
/// swarm. Pulls the image, starts it, and waits until it responds. Start with [Apps].
@NullMarked
package dev.weir.swarm.app;

import org.jspecify.annotations.NullMarked;
