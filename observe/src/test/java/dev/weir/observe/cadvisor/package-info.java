/// Tests of the package of the same name.
@NullMarked
package dev.weir.observe.cadvisor;

import org.jspecify.annotations.NullMarked;
