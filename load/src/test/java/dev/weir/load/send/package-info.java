/// Tests of whole runs of load against scripted servers.
@NullMarked
package dev.weir.load.send;

import org.jspecify.annotations.NullMarked;
