/// Tests of the package of the same name.
@NullMarked
package dev.weir.lab.autoscale;

import org.jspecify.annotations.NullMarked;
