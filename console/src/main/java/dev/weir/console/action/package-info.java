/// What a viewer may ask for beside the stream, and may do. Start with `ConsoleActions`.
@NullMarked
package dev.weir.console.action;

import org.jspecify.annotations.NullMarked;
