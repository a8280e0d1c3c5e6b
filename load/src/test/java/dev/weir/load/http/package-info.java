/// Tests of the response parser, fuzzing included.
@NullMarked
package dev.weir.load.http;

import org.jspecify.annotations.NullMarked;
