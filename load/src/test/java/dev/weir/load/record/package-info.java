/// Tests of the certificate.
@NullMarked
package dev.weir.load.record;

import org.jspecify.annotations.NullMarked;
