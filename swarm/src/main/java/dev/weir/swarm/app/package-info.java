/// Single apps: pulling an image and running it, on one machine or on a chosen node of a swarm.
@NullMarked
package dev.weir.swarm.app;

import org.jspecify.annotations.NullMarked;
