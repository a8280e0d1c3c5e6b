/// Rules of autoscaling compared on a service of a swarm, with real cold starts.
///
/// Read [AutoscaleTarget] first: it puts the service at the start of a run, and sends a trace while
/// the rule sets the number of replicas: [WeirRun] has the balancers decide, [CpuRun] asks the
/// simulator's rule. [ReplicaWatch] records how many replicas there are. [AutoscaleOutcome] is what
/// one run shows, [AutoscaleTable] what all show.
@NullMarked
package dev.weir.lab.autoscale;

import org.jspecify.annotations.NullMarked;
