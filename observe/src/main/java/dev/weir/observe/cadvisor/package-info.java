/// Samples from cAdvisor, for nodes that have it instead of an agent. Its own timestamps are kept
/// and its clock is compared with ours. Both versions of its API are read alike. Start with
/// [CadvisorSource].
@NullMarked
package dev.weir.observe.cadvisor;

import org.jspecify.annotations.NullMarked;
