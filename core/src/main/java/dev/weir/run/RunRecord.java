package dev.weir.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One whole run, read back: what the report draws.
///
/// @param info what it was
/// @param requests in the order of the schedule
/// @param samples by container, each in the order of time
/// @param events in the order of time
/// @param certificate of its load; absent if the run was cut off or had no load
public record RunRecord(
    RunInfo info,
    List<RequestRecord> requests,
    Map<String, List<ContainerSample>> samples,
    List<RunEvent> events,
    Optional<Certificate> certificate) {}
