/// Tests of pictures on their way to viewers. Start with [HubTest].
@NullMarked
package dev.weir.console.wire;

import org.jspecify.annotations.NullMarked;
