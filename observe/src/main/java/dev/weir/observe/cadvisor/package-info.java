/// Samples from cAdvisor, in any version of its API.
@NullMarked
package dev.weir.observe.cadvisor;

import org.jspecify.annotations.NullMarked;
