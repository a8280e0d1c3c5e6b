package dev.weir.cli.size;

import dev.weir.run.RequestTrace;
import dev.weir.scale.Demand;
import dev.weir.scale.Promise;
import java.util.List;
import java.util.Optional;

/// What is sized.
///
/// @param demand what the service has to do
/// @param slots requests that a replica works on at once at full speed
/// @param promise the latency promised where the demand was measured, if any
/// @param current replicas there are now; 0 if unknown
/// @param notes what a reader must know of the figures, a line each
/// @param trace the recorded requests, if there are any
record SizingSubject(
    Demand demand,
    int slots,
    Optional<Promise> promise,
    int current,
    List<String> notes,
    Optional<RequestTrace> trace) {}
