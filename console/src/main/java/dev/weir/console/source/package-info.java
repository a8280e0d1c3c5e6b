/// Where pictures come from: managers, balancers, agents. Start with `PictureSource`.
@NullMarked
package dev.weir.console.source;

import org.jspecify.annotations.NullMarked;
