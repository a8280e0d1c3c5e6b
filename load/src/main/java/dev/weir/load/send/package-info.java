/// One run of load: sends each request when it is due and matches the responses. Sender threads
/// only wait and write. One more thread, the [ResponseLoop], opens connections, reads responses and
/// handles timeouts. Connections that are ready lie in a [ConnectionPool] between them. Start with
/// [LoadRun], then [Sender].
@NullMarked
package dev.weir.load.send;

import org.jspecify.annotations.NullMarked;
