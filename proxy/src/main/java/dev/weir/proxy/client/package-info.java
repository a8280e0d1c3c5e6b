/// Connections of clients: reads requests one after the other, starts an exchange for each, and
/// closes connections so that the last response arrives whole.
///
/// [WorkerClients] are the connections of one worker, and [ClientLimit] bounds those of all. Read
/// [ClientConnection] first.
@NullMarked
package dev.weir.proxy.client;

import org.jspecify.annotations.NullMarked;
