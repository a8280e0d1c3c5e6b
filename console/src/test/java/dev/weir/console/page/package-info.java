/// The page in a real browser: every region, the keyboard, the past, the login, and what it costs.
///
/// Read [PlayedPage] first: it serves a made-up swarm.
@NullMarked
package dev.weir.console.page;

import org.jspecify.annotations.NullMarked;
