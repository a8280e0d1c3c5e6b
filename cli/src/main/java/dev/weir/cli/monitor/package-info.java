/// `weir agent` on every node, `weir monitor` that installs the agents, and `weir top` that shows
/// what they report.
///
/// Read [MonitorStart] first: it issues the certificates and starts the services. [TopCommand]
/// reads the agents and draws [TopTable].
@NullMarked
package dev.weir.cli.monitor;

import org.jspecify.annotations.NullMarked;
