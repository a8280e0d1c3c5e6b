/// The containers of one node: names from its engine, figures from the kernel's control groups
/// (versions 1 and 2) or, where those are out of sight, from the engine's statistics. Start with
/// [CgroupFiles] and [EngineSource].
@NullMarked
package dev.weir.observe.container;

import org.jspecify.annotations.NullMarked;
