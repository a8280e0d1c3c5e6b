/// Tests of how facts are gathered.
@NullMarked
package dev.weir.cluster.doctor.reading;

import org.jspecify.annotations.NullMarked;
