/// Tests of predictions: exact results of queueing theory, and what must hold for all.
@NullMarked
package dev.weir.scale;

import org.jspecify.annotations.NullMarked;
