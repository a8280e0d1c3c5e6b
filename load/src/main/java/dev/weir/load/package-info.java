/// The open-loop sender, its recorder and the certificate of its arrivals.
@NullMarked
package dev.weir.load;

import org.jspecify.annotations.NullMarked;
