package dev.weir.cli.size;

import dev.weir.arrivals.ArrivalFigures;
import dev.weir.base.UserError;
import dev.weir.observe.balancer.BalancerReading;
import dev.weir.run.RequestTrace;
import dev.weir.run.RunRecord;
import dev.weir.scale.Demand;
import dev.weir.scale.Promise;
import dev.weir.scale.RecordedDemand;
import dev.weir.scale.TwoMomentWork;
import dev.weir.term.FigureText;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was measured, as something to size: a run, or a service of a running balancer.
final class MeasuredSubjects {
  /// From so many requests in flight on average, their durations hold much waiting.
  private static final double IN_FLIGHT_LOW = .5;

  private MeasuredSubjects() {}

  /// The requests of a run; figures by hand replace measured ones.
  static SizingSubject of(RunRecord run, DemandOptions byHand) {
    RequestTrace trace = RequestTrace.of(run);
    RecordedDemand recorded = RecordedDemand.of(trace).orElseThrow(() -> tooFew(run, trace));
    double mean = recorded.meanSeconds();
    ArrivalFigures arrivals = recorded.arrivals(byHand.workMean(mean));
    var demand =
        new Demand(
            byHand.rate(arrivals.ratePerSecond()),
            byHand.gapScv(arrivals.burstiness()),
            byHand.work(recorded.work(), mean));
    return new SizingSubject(
        demand,
        byHand.slots(1),
        Optional.empty(),
        0,
        runNotes(run, trace, arrivals.ratePerSecond() * mean, byHand),
        Optional.of(trace));
  }

  private static UserError tooFew(RunRecord run, RequestTrace trace) {
    return new UserError(
        "run %s: %s with a response (expected: at least %d, for its rate and its durations)"
            .formatted(
                run.info().id(),
                FigureText.count(trace.durationSeconds().length, "request"),
                RecordedDemand.RESPONSES_MIN));
  }

  private static List<String> runNotes(
      RunRecord run, RequestTrace trace, double inFlight, DemandOptions byHand) {
    var notes = new ArrayList<String>();
    notes.add(
        "run %s: %s sent".formatted(run.info().id(), FigureText.count(trace.size(), "request")));
    if (!byHand.isWorkGiven()) {
      notes.add(
          "work is taken from the run's response times, which also hold all waiting: an upper bound"
              + " (%s in flight on average%s)"
                  .formatted(
                      FigureText.number(inFlight),
                      inFlight < IN_FLIGHT_LOW
                          ? ", so little of it"
                          : "; for the work itself record a run at low load, or give --work-mean"));
    }
    return notes;
  }

  /// A service of the balancer at `address`; figures by hand replace measured ones.
  ///
  /// @param name which of several; null if there is one
  static SizingSubject of(URI address, @Nullable String name, DemandOptions byHand) {
    return of(chosen(readings(address), name), byHand);
  }

  static SizingSubject of(BalancerReading service, DemandOptions byHand) {
    var arrivals = new ArrivalFigures(service.ratePerSecond(), service.gapScv(), service.idc());
    double gapScv = Double.isNaN(service.gapScv()) ? 1 : arrivals.burstiness();
    double mean = byHand.workMean(service.workMeanSeconds());
    double scv = byHand.workScv(service.workScv());
    double rate = byHand.rate(service.ratePerSecond());
    if (Double.isNaN(mean) || Double.isNaN(scv) || Double.isNaN(rate)) {
      throw new UserError(
          "--status: the balancer has seen too few requests (expected: at least %d; send more, or give"
                  .formatted(RecordedDemand.RESPONSES_MIN)
              + " --lambda, --work-mean and --work-scv)");
    }
    int slots = slots(service, byHand);
    return new SizingSubject(
        new Demand(rate, byHand.gapScv(gapScv), new TwoMomentWork(mean, scv)),
        slots,
        service.promise().map(text -> Promise.parse("slo of the balancer", text)),
        service.replicas(),
        notes(service),
        Optional.empty());
  }

  private static int slots(BalancerReading service, DemandOptions byHand) {
    int learned = service.replicas() == 0 ? 0 : service.slots() / service.replicas();
    if (learned == 0 && !byHand.isSlotsGiven()) {
      throw new UserError(
          "--slots: missing (expected: requests that a replica works on at once at full speed, such as"
              + " its cores: the balancer has not learned it yet)");
    }
    return byHand.slots(Math.max(1, learned));
  }

  private static List<String> notes(BalancerReading service) {
    return List.of(
        "service %s: %s%s"
            .formatted(
                service.service().isEmpty() ? "of the balancer" : service.service(),
                FigureText.count(service.replicas(), "replica"),
                Double.isNaN(service.measuredSeconds())
                    ? ""
                    : ", promised percentile measured over the last minute: "
                        + FigureText.duration(service.measuredSeconds() * 1e9)));
  }

  private static List<BalancerReading> readings(URI address) {
    try {
      return BalancerReading.read(address);
    } catch (IOException e) {
      throw new UserError(
          "--status: %s: %s (expected: the admin port of weir balance, as in http://127.0.0.1:8001)"
              .formatted(address, e.getMessage()),
          e);
    }
  }

  private static BalancerReading chosen(List<BalancerReading> services, @Nullable String name) {
    List<BalancerReading> found =
        services.stream().filter(one -> name == null || one.service().equals(name)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new UserError(
        "--service: %s (expected: one of %s)"
            .formatted(
                name == null ? "missing" : name,
                services.stream().map(BalancerReading::service).collect(Collectors.joining(", "))));
  }
}
