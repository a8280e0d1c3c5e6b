/// `weir console`, and the console of a balancer: the page of a swarm. Start with [ConsoleCommand];
/// [RunningConsole] joins what reads and what serves.
@NullMarked
package dev.weir.cli.console;

import org.jspecify.annotations.NullMarked;
