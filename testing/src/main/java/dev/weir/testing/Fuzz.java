package dev.weir.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Tries a property on seeds and on random mutations of them. It has no coverage feedback, so it
/// finds less than `bench/fuzz`, but it takes seconds and is reproducible.
public final class Fuzz {
  private static final Path SEEDS = Path.of("src", "test", "fuzz");
  private static final int TRIES = 2000;
  private static final int MUTATIONS_MAX = 6;
  private static final int BYTES_MAX = 4096;
  private static final byte[] SIGNS =
      latin1("\0\r\n\t :;,0159afxX-_%/#{}[]&*!'\"<|>\u007f\u0080\u00ff");

  private Fuzz() {}

  /// Tries every seed in `src/test/fuzz/NAME` of the module, then 2,000 mutations;
  /// `-Dfuzz.tries=100000` tries more, `-Dseeds.replay=30` only what failed with seed 30.
  public static void forAll(String name, Consumer<byte[]> property) {
    List<byte[]> seeds = read(SEEDS.resolve(name));
    seeds.forEach(seed -> attempt(seed, property));
    Seeds.forAll(
        Integer.getInteger("fuzz.tries", TRIES),
        random -> attempt(mutant(seeds, random), property));
  }

  private static void attempt(byte[] data, Consumer<byte[]> property) {
    try {
      property.accept(data);
    } catch (AssertionError | RuntimeException | StackOverflowError e) {
      throw new AssertionError("failed for " + visible(data), e);
    }
  }

  private static List<byte[]> read(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<byte[]> seeds =
          files
              .sorted()
              .map(file -> {
                try {
                  return Files.readAllBytes(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
              .toList();
      if (seeds.isEmpty()) {
        throw new IllegalStateException("no seeds in " + folder.toAbsolutePath());
      }
      return seeds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] mutant(List<byte[]> seeds, RandomGenerator random) {
    byte[] data = pick(seeds, random);
    for (int i = random.nextInt(MUTATIONS_MAX); i >= 0; i--) {
      data = mutate(data, seeds, random);
    }
    return data.length > BYTES_MAX ? Arrays.copyOf(data, BYTES_MAX) : data;
  }

  private static byte[] mutate(byte[] data, List<byte[]> seeds, RandomGenerator random) {
    int at = random.nextInt(data.length + 1);
    int end = Math.min(data.length, at + random.nextInt(20));
    return switch (random.nextInt(6)) {
      case 0 -> replaced(data, at, end, new byte[0]);
      case 1 -> replaced(data, at, at, sign(random));
      case 2 -> replaced(data, at, Math.min(data.length, at + 1), sign(random));
      case 3 -> replaced(data, at, at, part(data, random));
      case 4 -> replaced(data, at, end, part(pick(seeds, random), random));
      default -> replaced(data, at, data.length, part(pick(seeds, random), random));
    };
  }

  private static byte[] pick(List<byte[]> seeds, RandomGenerator random) {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private static byte[] sign(RandomGenerator random) {
    return new byte[] {SIGNS[random.nextInt(SIGNS.length)]};
  }

  private static byte[] part(byte[] data, RandomGenerator random) {
    int from = random.nextInt(data.length + 1);
    return Arrays.copyOfRange(data, from, from + random.nextInt(data.length - from + 1));
  }

  private static byte[] replaced(byte[] data, int from, int to, byte[] by) {
    byte[] result = Arrays.copyOf(data, data.length - (to - from) + by.length);
    System.arraycopy(by, 0, result, from, by.length);
    System.arraycopy(data, to, result, from + by.length, data.length - to);
    return result;
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String visible(byte[] data) {
    var text = new StringBuilder();
    for (byte b : data) {
      text.append(b >= ' ' && b < 0x7f && b != '\\' ? "" + (char) b : "\\x%02x".formatted(b));
    }
    return text.toString();
  }
}
