/// Tests of scheduling priorities and real-time scheduling.
@NullMarked
package dev.weir.load.pace;

import org.jspecify.annotations.NullMarked;
