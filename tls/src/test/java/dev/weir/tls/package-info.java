/// Tests of reading PEM files.
@NullMarked
package dev.weir.tls;

import org.jspecify.annotations.NullMarked;
