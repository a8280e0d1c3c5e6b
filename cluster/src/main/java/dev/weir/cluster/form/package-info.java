/// From machines to a swarm and back: checks, init, join, label, verify, remove, dissolve.
@NullMarked
package dev.weir.cluster.form;

import org.jspecify.annotations.NullMarked;
