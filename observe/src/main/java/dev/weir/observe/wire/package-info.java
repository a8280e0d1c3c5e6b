/// What observers exchange: JSON documents, fetched over HTTP, with mutual TLS where it is not the
/// local machine.
@NullMarked
package dev.weir.observe.wire;

import org.jspecify.annotations.NullMarked;
