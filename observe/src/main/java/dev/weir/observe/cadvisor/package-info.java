/// Samples from cAdvisor, of whatever version answers.
@NullMarked
package dev.weir.observe.cadvisor;

import org.jspecify.annotations.NullMarked;
