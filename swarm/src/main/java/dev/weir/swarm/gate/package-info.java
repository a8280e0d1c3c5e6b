/// A gate before a Docker Engine that lets a few questions pass, and nothing that changes anything.
@NullMarked
package dev.weir.swarm.gate;

import org.jspecify.annotations.NullMarked;
