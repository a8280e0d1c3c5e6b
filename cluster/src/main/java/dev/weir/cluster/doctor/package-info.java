/// What is wrong with a swarm, how bad it is, and how to mend it.
///
/// [dev.weir.cluster.doctor.reading.Gathering] finds out what is so, and changes nothing;
/// [dev.weir.cluster.doctor.Doctor] runs the checks over it. To add a check, write a class in the
/// package `check` and name it in `Checks`.
@NullMarked
package dev.weir.cluster.doctor;

import org.jspecify.annotations.NullMarked;
