package dev.weir.swarm.scale;

import dev.weir.scale.ServiceLoad;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the balancers of a swarm know of each other, as the labels of one config object.
///
/// @param members the balancers, by name
/// @param actors who sets the replicas of a service, by the service's name
/// @param paused why a service's autoscaling is paused, by the service's name
public record Board(
    Map<String, Member> members, Map<String, Actor> actors, Map<String, String> paused) {
  /// Nobody has written anything yet.
  public static final Board EMPTY = new Board(Map.of(), Map.of(), Map.of());

  private static final String MEMBER = "weir.member.";
  private static final String ACTOR = "weir.actor.";
  private static final String PAUSED = "weir.paused.";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  public Board {
    members = Map.copyOf(members);
    actors = Map.copyOf(actors);
    paused = Map.copyOf(paused);
  }

  /// A balancer.
  ///
  /// @param beat grows with each of its writes
  /// @param loads what it measures, by the service's name
  /// @param coldStartSeconds how long replicas take to start, by the service's name
  public record Member(
      long beat, Map<String, ServiceLoad> loads, Map<String, Double> coldStartSeconds) {
    public Member {
      loads = Map.copyOf(loads);
      coldStartSeconds = Map.copyOf(coldStartSeconds);
    }
  }

  /// The one balancer that sets a service's replicas.
  ///
  /// @param member its name
  /// @param term how often the task has changed hands
  public record Actor(String member, long term) {}

  /// Reads the labels. One that another program has spoilt counts as absent.
  public static Board of(Map<String, String> labels) {
    var members = new LinkedHashMap<String, Member>();
    var actors = new LinkedHashMap<String, Actor>();
    var paused = new LinkedHashMap<String, String>();
    labels.forEach((key, text) -> {
      if (key.startsWith(MEMBER)) {
        member(text).ifPresent(member -> members.put(key.substring(MEMBER.length()), member));
      } else if (key.startsWith(ACTOR)) {
        actor(text).ifPresent(actor -> actors.put(key.substring(ACTOR.length()), actor));
      } else if (key.startsWith(PAUSED)) {
        paused.put(key.substring(PAUSED.length()), text);
      }
    });
    return new Board(members, actors, paused);
  }

  private static Optional<Member> member(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      var loads = new LinkedHashMap<String, ServiceLoad>();
      var coldStarts = new LinkedHashMap<String, Double>();
      json.path("services")
          .properties()
          .forEach(service -> {
            loads.put(service.getKey(), LoadJson.read(service.getValue()));
            double cold = service.getValue().path("coldStart").asDouble(0);
            if (cold > 0) {
              coldStarts.put(service.getKey(), cold);
            }
          });
      return Optional.of(new Member(json.path("beat").asLong(0), loads, coldStarts));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Actor> actor(String text) {
    int space = text.lastIndexOf(' ');
    return space > 0 && text.substring(space + 1).matches("[0-9]{1,18}")
        ? Optional.of(
            new Actor(text.substring(0, space), Long.parseLong(text.substring(space + 1))))
        : Optional.empty();
  }

  /// The labels.
  public Map<String, String> labels() {
    var labels = new LinkedHashMap<String, String>();
    members.forEach((name, member) -> labels.put(MEMBER + name, text(member)));
    actors.forEach(
        (service, actor) -> labels.put(ACTOR + service, actor.member() + " " + actor.term()));
    paused.forEach((service, why) -> labels.put(PAUSED + service, why));
    return labels;
  }

  private static String text(Member member) {
    ObjectNode json = MAPPER.createObjectNode().put("beat", member.beat());
    ObjectNode services = json.putObject("services");
    member
        .loads()
        .forEach((service, load) -> {
          ObjectNode one = LoadJson.of(load);
          Double cold = member.coldStartSeconds().get(service);
          if (cold != null) {
            one.put("coldStart", cold);
          }
          services.set(service, one);
        });
    return json.toString();
  }

  /// The same with a service paused for a reason.
  public Board pause(String service, String why) {
    var next = new LinkedHashMap<>(paused);
    next.put(service, why);
    return new Board(members, actors, next);
  }

  /// The same with a service no longer paused.
  public Board resume(String service) {
    var next = new LinkedHashMap<>(paused);
    next.remove(service);
    return new Board(members, actors, next);
  }
}
