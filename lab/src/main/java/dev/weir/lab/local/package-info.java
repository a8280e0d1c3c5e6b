/// Replicas and balancers as processes of this machine, for demos and local comparisons.
///
/// Read [LocalPlan] first: it says which replicas run and which load they get. [LocalReplicas]
/// starts them, and [LocalTrialRun] runs one balancer in front of them and records the run.
/// [ChildProcesses] ends every process that was started.
@NullMarked
package dev.weir.lab.local;

import org.jspecify.annotations.NullMarked;
