/// Connections to replicas. [UpstreamConnector] resolves names and opens connections, an
/// [UpstreamPool] keeps those that are free, and an [UpstreamConnection] carries one request at a
/// time.
///
/// Interfaces keep this package below its users: a connection notifies an [UpstreamListener], and a
/// pool hands new connections to a [ConnectionReceiver]. Read [UpstreamConnection] first.
@NullMarked
package dev.weir.proxy.upstream;

import org.jspecify.annotations.NullMarked;
