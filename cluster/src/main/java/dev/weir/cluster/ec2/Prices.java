package dev.weir.cluster.ec2;

import dev.weir.base.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// About what machines cost by the hour. The list, `prices.txt` beside this class, holds unchecked
/// list prices of one region; `--price` overrides what it says of machines.
public final class Prices {
  static final String PAGE = "https://aws.amazon.com/ec2/pricing/on-demand/";
  private static final String FILE = "prices.txt";
  private static final String ADDRESS = "address";
  private static final String GIGABYTE = "gigabyte";
  private static final double MONTH_HOURS = 730;
  private static final double PRICE_MAX = 1000;

  private final Map<String, Double> list;
  private final OptionalDouble perMachine;

  /// @param perMachine dollars an hour for each machine, as the user knows it
  public Prices(OptionalDouble perMachine) {
    perMachine.ifPresent(Prices::check);
    this.list = read();
    this.perMachine = perMachine;
  }

  private static void check(double price) {
    if (!(price >= 0 && price <= PRICE_MAX)) {
      throw new UserError(
          "--price: %s (expected: dollars an hour for one machine, such as 0.0208)"
              .formatted(price));
    }
  }

  /// Dollars an hour, with volumes and public addresses; empty if a type is not in the list.
  OptionalDouble hourly(List<String> types, int diskGigabytes) {
    double sum = diskGigabytes * price(GIGABYTE).orElse(0) / MONTH_HOURS;
    for (String type : types) {
      OptionalDouble machine = perMachine.isPresent() ? perMachine : price(type);
      if (machine.isEmpty()) {
        return OptionalDouble.empty();
      }
      sum += machine.getAsDouble() + price(ADDRESS).orElse(0);
    }
    return OptionalDouble.of(sum);
  }

  /// The same in words, with how far it can be believed.
  String text(List<String> types, int diskGigabytes) {
    if (types.isEmpty()) {
      return "nothing";
    }
    OptionalDouble hourly = hourly(types, diskGigabytes);
    if (hourly.isEmpty()) {
      return "not known for %s; see %s, or give --price"
          .formatted(String.join(", ", types.stream().distinct().toList()), PAGE);
    }
    String dollars = String.format(Locale.ROOT, "%.3f", hourly.getAsDouble());
    return perMachine.isPresent()
        ? "about $%s an hour at --price, with volumes and addresses at list prices of us-east-1"
            .formatted(dollars)
        : "about $%s an hour (list prices of us-east-1, unchecked, may be out of date; see %s)"
            .formatted(dollars, PAGE);
  }

  private OptionalDouble price(String name) {
    return Optional.ofNullable(list.get(name)).stream().mapToDouble(one -> one).findFirst();
  }

  private static Map<String, Double> read() {
    var prices = new HashMap<String, Double>();
    try (InputStream in = Prices.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in the archive");
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s+"))
          .forEach(words -> prices.put(words[0], Double.parseDouble(words[1])));
      return prices;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
