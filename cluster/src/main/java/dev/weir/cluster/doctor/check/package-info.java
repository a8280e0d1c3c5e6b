/// One class for each check: facts in, findings out, without I/O. Start with
/// [dev.weir.cluster.doctor.check.Checks].
@NullMarked
package dev.weir.cluster.doctor.check;

import org.jspecify.annotations.NullMarked;
