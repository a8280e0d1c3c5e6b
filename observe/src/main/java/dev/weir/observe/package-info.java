/// Samplers of what containers and processes use.
@NullMarked
package dev.weir.observe;

import org.jspecify.annotations.NullMarked;
