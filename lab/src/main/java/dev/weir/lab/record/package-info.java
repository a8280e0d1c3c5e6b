/// One run on its way from the measurement into its folder.
///
/// Read [LabRun] first: it samples containers from before the load until after it, and watches the
/// swarm for changes and new nodes. [Recording] puts the times of load and samplers on one clock
/// and writes them. [LoadLive] shows a load while it runs. [CpuCost] and [ServiceTime] compute what
/// a request costs from a finished run.
@NullMarked
package dev.weir.lab.record;

import org.jspecify.annotations.NullMarked;
