package dev.weir.console.source;

import dev.weir.console.model.Entity;
import java.util.Map;
import java.util.function.Consumer;

/// The tasks of a picture, and the replicas of balancers that know no swarm.
///
/// @param view what the picture is made of
record TaskEntities(View view) {
  void addTo(Consumer<Entity> picture) {
    Map<String, ServiceSeen> services = view.swarm().servicesById();
    Map<String, NodeSeen> nodes = view.swarm().nodesById();
    for (TaskSeen task : view.swarm().tasks()) {
      ServiceSeen service = services.get(task.service());
      ServiceLoadSeen load = service == null ? null : view.loads().get(service.name());
      ReplicaFigures replica = load == null ? null : load.replicas().get(View.shortId(task.id()));
      Fields fields = fields(task, SwarmSeen.name(task, services, nodes));
      if (replica != null && !task.hasEnded()) {
        addTo(fields, replica);
      }
      picture.accept(new Entity("task/" + task.id(), fields.text()));
    }
  }

  private Fields fields(TaskSeen task, String name) {
    var fields =
        new Fields()
            .text("id", task.id())
            .text("service", task.service())
            .text("name", name)
            .count("slot", task.slot())
            .text("node", task.node())
            .text("state", task.state())
            .text("desired", task.desired())
            .instant("since", task.sinceMillis())
            .instant("createdAt", task.createdMillis())
            .text("error", task.error())
            .text("image", task.image());
    if (task.exitCode() >= 0) {
      fields.count("exitCode", task.exitCode());
    }
    if (!task.addresses().isEmpty()) {
      fields.texts("addresses", task.addresses());
    }
    UsageBook.Used used = view.usage().tasks().get(task.id());
    if (used != null && !task.hasEnded()) {
      fields.number("cpu", used.cpus()).number("memory", used.memoryBytes());
    }
    return fields;
  }

  private static void addTo(Fields fields, ReplicaFigures replica) {
    fields
        .number("inFlight", (double) Math.round(replica.inFlight()))
        .text("limitReason", replica.limitReason())
        .text("health", replica.health())
        .number("serviceSeconds", replica.serviceSeconds())
        .count("succeeded", replica.succeeded())
        .count("failed", replica.failed());
    if (replica.limit() > 0) {
      fields.count("limit", replica.limit());
    }
    if (replica.knee() > 0) {
      fields.count("knee", replica.knee());
    }
  }

  /// The replicas of a service that no swarm runs.
  ///
  /// @param serviceId the service's id in the picture
  static void addStatic(ServiceLoadSeen load, String serviceId, Consumer<Entity> picture) {
    for (ReplicaFigures replica : load.replicas().values()) {
      String id = serviceId + "-" + plain(replica.id());
      var fields =
          new Fields()
              .text("id", id)
              .text("service", serviceId)
              .text("name", replica.id())
              .text("state", "running")
              .text("desired", "running");
      addTo(fields, replica);
      picture.accept(new Entity("task/" + id, fields.text()));
    }
  }

  /// A name with the letters of an id alone.
  static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "-");
  }
}
