/// The HTTP data plane. A [ProxyServer] listens and owns the event loops, one worker each;
/// [Services] carries changes of the configuration to all of them.
///
/// The packages, from the bottom: `http`, `metric`, `route`, `config`, `process`, `socket`,
/// `worker`; then `admission` and `upstream`; `exchange`, which uses both; `client` and `service`;
/// and `admin`, which shows them all. Each package uses only those below it. Read [ProxyServer]
/// first.
@NullMarked
package dev.weir.proxy;

import org.jspecify.annotations.NullMarked;
