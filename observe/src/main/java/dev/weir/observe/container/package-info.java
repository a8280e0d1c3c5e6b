/// What one node's containers use: from the kernel's cgroup files, or from the engine's own
/// statistics, and by what names the engine knows them.
@NullMarked
package dev.weir.observe.container;

import org.jspecify.annotations.NullMarked;
