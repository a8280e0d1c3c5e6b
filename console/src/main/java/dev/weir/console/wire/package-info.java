/// Pictures to viewers: one stream for all, replay for those who come back, one hour to look back
/// on. Start with `Hub`.
@NullMarked
package dev.weir.console.wire;

import org.jspecify.annotations.NullMarked;
