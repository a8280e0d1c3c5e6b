/// Tests of the checks on recorded answers of an Engine and recorded reports of its nodes.
@NullMarked
package dev.weir.cluster.doctor;

import org.jspecify.annotations.NullMarked;
