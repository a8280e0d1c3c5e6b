/// The agent of a node: samples the node's containers each second, keeps some minutes of them, and
/// responds to clients with a certificate. Its client is here too.
@NullMarked
package dev.weir.observe.agent;

import org.jspecify.annotations.NullMarked;
