/// What the page shows at one instant, and what changed since another. Start with `Picture`.
@NullMarked
package dev.weir.console.model;

import org.jspecify.annotations.NullMarked;
