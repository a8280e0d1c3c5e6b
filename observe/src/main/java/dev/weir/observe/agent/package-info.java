/// The agent of a node: samples the node's containers each second, keeps some minutes of them, and
/// answers those who hold a certificate; and its client.
@NullMarked
package dev.weir.observe.agent;

import org.jspecify.annotations.NullMarked;
