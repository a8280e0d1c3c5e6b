package dev.weir.proxy.exchange;

import dev.weir.proxy.admission.ServicePlan;
import dev.weir.proxy.http.LocalResponse;
import dev.weir.proxy.http.RequestHead;
import dev.weir.proxy.route.RouteTable;
import dev.weir.proxy.upstream.UpstreamConnector;
import dev.weir.proxy.worker.Worker;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One worker's part of every service, and the routes that lead requests to them.
public final class WorkerServices {
  private final Worker worker;
  private final UpstreamConnector connector;
  private final Map<String, WorkerService> byName = new ConcurrentHashMap<>();
  private RouteTable<WorkerService> routes = new RouteTable<>();

  public WorkerServices(Worker worker, UpstreamConnector connector) {
    this.worker = worker;
    this.connector = connector;
  }

  /// All of them, by name; other threads may read their counters.
  public Map<String, WorkerService> byName() {
    return byName;
  }

  /// The service that a request is for, or null.
  @Nullable
  public WorkerService find(RequestHead head) {
    return routes.find(head);
  }

  /// The response to a request without a service.
  public LocalResponse noRoute() {
    return routes.isEmpty() ? LocalResponse.NO_SERVICE : LocalResponse.UNROUTED;
  }

  /// Prepares for services and replicas before the balancers get them.
  public void prepare(List<ServicePlan> services) {
    for (ServicePlan one : services) {
      byName
          .computeIfAbsent(
              one.spec().name(),
              _ -> new WorkerService(worker, connector, this::closeIdle, one.balancer()))
          .add(one.spec().replicas());
    }
  }

  /// The balancers know their replicas: requests may come, and removed services can be forgotten.
  public void settle(List<ServicePlan> services) {
    var table = new RouteTable<WorkerService>();
    var names = new HashSet<String>();
    for (ServicePlan one : services) {
      WorkerService service = Objects.requireNonNull(byName.get(one.spec().name()));
      service.become(one);
      one.spec().routes().forEach(rule -> table.add(rule, service));
      names.add(one.spec().name());
    }
    routes = table;
    byName.forEach((name, service) -> {
      if (!names.contains(name)) {
        service.retire();
        byName.remove(name);
      }
    });
  }

  /// Closes connections to replicas that no request uses.
  void closeIdle() {
    byName.values().forEach(WorkerService::closeIdle);
  }

  public void sweep(long nowNanos) {
    byName.values().forEach(service -> service.sweep(nowNanos));
  }

  /// The proxy stops: keeps no more connections to replicas.
  public void retire() {
    byName.values().forEach(WorkerService::retire);
  }
}
