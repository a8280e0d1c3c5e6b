package dev.weir.load.record;

import dev.weir.run.Certificate;
import dev.weir.run.RequestRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The result of a run of load.
///
/// @param startedAt the epoch of the records' times
/// @param records every request that came due, in the order of the schedule
/// @param latency from due to the response, of requests with a response or a timeout
/// @param service from sent to the response, of the same
/// @param lag from due to sent, of all
/// @param statuses how many responses had each status
/// @param errors how many requests failed without a response, by kind
/// @param replicas how many responses came from each replica that named itself
/// @param certificate whether the load was as scheduled
/// @param stopped whether it was stopped before the end of the schedule
/// @param notes what the records leave out, a line each
/// @param listenerFailure what the listener threw, if anything; it was not called again
public record LoadResult(
    Instant startedAt,
    List<RequestRecord> records,
    Distribution latency,
    Distribution service,
    Distribution lag,
    Map<Integer, Long> statuses,
    Map<String, Long> errors,
    Map<String, Long> replicas,
    Certificate certificate,
    boolean stopped,
    List<String> notes,
    Optional<RuntimeException> listenerFailure) {

  /// Requests that failed or got a response with a status of 400 and above.
  public long errorCount() {
    return records.stream().filter(request -> !request.succeeded()).count();
  }
}
