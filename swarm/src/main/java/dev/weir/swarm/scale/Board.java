package dev.weir.swarm.scale;

import dev.weir.scale.ServiceLoad;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
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
  /// @param services what it knows of each service, by name
  public record Member(long beat, Map<String, Knowledge> services) {
    public Member {
      services = Map.copyOf(services);
    }
  }

  /// What a balancer knows of a service.
  ///
  /// @param load what it measures
  /// @param coldStartSeconds how long replicas take to start; NaN until known
  /// @param news its latest decisions that changed something, the oldest first
  public record Knowledge(ServiceLoad load, double coldStartSeconds, List<News> news) {
    public Knowledge {
      news = List.copyOf(news);
    }
  }

  /// A decision, for people.
  ///
  /// @param epochMillis when, in milliseconds since 1970
  /// @param before how many replicas were asked for until then
  /// @param replicas how many it asks for
  /// @param done what came of it
  /// @param words why
  public record News(long epochMillis, int before, int replicas, String done, String words) {}

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
      var services = new LinkedHashMap<String, Knowledge>();
      for (Map.Entry<String, JsonNode> service : json.path("services").properties()) {
        JsonNode one = service.getValue();
        double cold = one.path("coldStart").asDouble(Double.NaN);
        services.put(service.getKey(), new Knowledge(LoadJson.read(one), cold, news(one)));
      }
      return Optional.of(new Member(json.path("beat").asLong(0), services));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<News> news(JsonNode service) {
    var news = new ArrayList<News>();
    for (JsonNode one : service.path("news")) {
      news.add(
          new News(
              one.path("at").asLong(0),
              one.path("before").asInt(0),
              one.path("replicas").asInt(0),
              one.path("done").asString(""),
              one.path("words").asString("")));
    }
    return news;
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
    member.services().forEach((service, knowledge) -> services.set(service, json(knowledge)));
    return json.toString();
  }

  private static ObjectNode json(Knowledge knowledge) {
    ObjectNode json = LoadJson.of(knowledge.load());
    if (!Double.isNaN(knowledge.coldStartSeconds())) {
      json.put("coldStart", knowledge.coldStartSeconds());
    }
    ArrayNode news = json.putArray("news");
    for (News one : knowledge.news()) {
      news.addObject()
          .put("at", one.epochMillis())
          .put("before", one.before())
          .put("replicas", one.replicas())
          .put("done", one.done())
          .put("words", one.words());
    }
    return json;
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
