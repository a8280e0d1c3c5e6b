package dev.weir.console.wire;

import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Sequences of pictures: things come, change, and go; some changes are of figures alone.
final class RandomPictures {
  private static final int KEYS = 12;

  private RandomPictures() {}

  static List<Picture> draw(RandomGenerator random, int count, long stepMillisMax) {
    var pictures = new ArrayList<Picture>();
    var entities = new TreeMap<String, Entity>();
    long time = 1_000_000;
    for (int i = 0; i < count; i++) {
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        change(entities, random);
      }
      time += 1 + random.nextLong(stepMillisMax);
      pictures.add(new Picture(time, entities));
    }
    return pictures;
  }

  private static void change(Map<String, Entity> entities, RandomGenerator random) {
    String key = "task/é" + random.nextInt(KEYS);
    if (random.nextInt(4) == 0) {
      entities.remove(key);
    } else {
      String json =
          "{\"state\":\"s%d,\\\"cpu\\\":1\",\"cpu\":%d}"
              .formatted(random.nextInt(3), random.nextInt(3));
      entities.put(key, new Entity(key, json));
    }
  }

  /// The same without figures that always move.
  static Picture withoutFigures(Picture picture) {
    var entities = new TreeMap<String, Entity>();
    picture
        .entities()
        .forEach((key, entity) ->
            entities.put(key, new Entity(key, entity.json().replaceAll(",\"cpu\":[0-9]", ""))));
    return new Picture(0, entities);
  }
}
