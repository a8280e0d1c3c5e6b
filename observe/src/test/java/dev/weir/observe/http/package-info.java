/// Tests of comparing clocks by the Date header.
@NullMarked
package dev.weir.observe.http;

import org.jspecify.annotations.NullMarked;
