/// The settings of a proxy, as checked records: addresses, services, replicas, time-outs, and how
/// HTTP is read. Each constructor reports all errors at once, with the option that is at fault.
///
/// Read [ProxySettings] first, then [ServiceSpec].
@NullMarked
package dev.weir.proxy.config;

import org.jspecify.annotations.NullMarked;
