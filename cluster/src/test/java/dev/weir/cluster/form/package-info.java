/// Tests of checks, plans and the order of steps.
@NullMarked
package dev.weir.cluster.form;

import org.jspecify.annotations.NullMarked;
