/// One run of load: sends each request when it is due and matches the responses. Sender threads
/// only wait and write. The [ResponseLoop], on another thread, opens connections, reads responses
/// and handles timeouts. Both share the idle connections in a [ConnectionPool]. Start with
/// [LoadRun], then [Sender].
@NullMarked
package dev.weir.load.send;

import org.jspecify.annotations.NullMarked;
