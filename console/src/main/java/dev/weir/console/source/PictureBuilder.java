package dev.weir.console.source;

import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Makes pictures. The keys of an allow-list of entities, each with an allow-list of fields: what
/// is not named here never leaves.
///
/// @param version Weir's version
record PictureBuilder(String version) {
  Picture of(View view) {
    var entities = new TreeMap<String, Entity>();
    Map<String, String> names = ids(view.swarm());
    var services = new ServiceEntities(view);
    ServiceEntities.Totals totals = services.addTo(one -> put(entities, one));
    put(entities, new ClusterEntity(view).of(totals, version));
    new NodeEntities(view).addTo(one -> put(entities, one));
    new TaskEntities(view).addTo(one -> put(entities, one));
    view.balancers().forEach(one -> put(entities, balancer(one, names)));
    view.decisions().forEach(one -> put(entities, decision(one, names)));
    view.events().forEach(one -> put(entities, event(one)));
    return new Picture(view.nowMillis(), entities);
  }

  private static void put(Map<String, Entity> entities, Entity entity) {
    entities.put(entity.key(), entity);
  }

  private static Map<String, String> ids(SwarmSeen swarm) {
    var ids = new HashMap<String, String>();
    swarm.services().forEach(service -> ids.put(service.name(), service.id()));
    return ids;
  }

  private static String id(String name, Map<String, String> ids) {
    return Objects.requireNonNullElseGet(ids.get(name), () -> ServiceEntities.staticId(name));
  }

  private static Entity balancer(BalancerSeen balancer, Map<String, String> ids) {
    BalancerStatus status = balancer.status();
    List<String> services =
        status.services().stream().map(service -> id(service.name(), ids)).toList();
    return new Entity(
        "balancer/" + balancer.name(),
        new Fields()
            .text("name", balancer.name())
            .text("address", balancer.address())
            .text("version", status.version())
            .number("uptime", Math.floor(status.uptimeSeconds()))
            .count("connections", status.connections())
            .instant("knownAt", balancer.knownMillis())
            .text("failure", balancer.failure())
            .texts("services", services)
            .text());
  }

  private static Entity decision(Numbered.Entry<DecisionSeen> entry, Map<String, String> ids) {
    DecisionSeen decision = entry.value();
    return new Entity(
        "decision/" + entry.number(),
        new Fields()
            .count("n", entry.number())
            .instant("at", decision.atMillis())
            .text("service", id(decision.service(), ids))
            .count("from", decision.from())
            .count("to", decision.to())
            .text("done", decision.done())
            .text("why", decision.why())
            .text("by", decision.by())
            .text());
  }

  private static Entity event(Numbered.Entry<EventSeen> entry) {
    EventSeen event = entry.value();
    return new Entity(
        "event/" + entry.number(),
        new Fields()
            .count("n", entry.number())
            .instant("at", event.atMillis())
            .text("kind", event.kind())
            .text("subject", event.subject())
            .text("text", event.text())
            .text("level", event.level())
            .text());
  }
}
