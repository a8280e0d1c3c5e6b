/// From machines to a swarm and back: checks, init, join, label, verify, remove, dissolve.
///
/// A [dev.weir.cluster.form.Survey] logs in to all machines and says what it found; a
/// [dev.weir.cluster.form.FormPlan] says what is missing; a [dev.weir.cluster.form.Formation]
/// carries that out. The state is read from the machines each time, so a second run continues the
/// first.
@NullMarked
package dev.weir.cluster.form;

import org.jspecify.annotations.NullMarked;
