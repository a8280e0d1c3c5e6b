/// What the console reads, and the pictures that it makes of it.
@NullMarked
package dev.weir.console.source;

import org.jspecify.annotations.NullMarked;
