package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.cli.option.HelpSection;
import dev.weir.cluster.ec2.Ec2Cluster;
import dev.weir.cluster.ec2.Prices;
import dev.weir.cluster.ec2.Stop;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say whose machines a cluster has, and where on EC2 they are.
@HelpSection("Amazon")
public final class Ec2Place {
  /// The setting of a cluster's record that holds the region.
  static final String REGION = "region";

  @Option(
      names = "--provider",
      paramLabel = "ssh|ec2",
      description =
          "Whose machines: your own over SSH, or Amazon's. Default: as the cluster has it, else"
              + " ssh.")
  private @Nullable String provider;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "Region of AWS, such as eu-central-1. Default: as the cluster has it, else $AWS_REGION,"
              + " else your AWS profile's.")
  private @Nullable String region;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Ask this address instead of AWS, such as a stand-in for tests.")
  private @Nullable String endpoint;

  @Option(
      names = "--price",
      paramLabel = "DOLLARS",
      description =
          "What one machine costs by the hour, if you know better than Weir's unchecked list.")
  private @Nullable Double price;

  /// Whether the cluster is on EC2: by option, or else as it is written down.
  boolean isEc2(Optional<ClusterRecord> known) {
    if (provider == null) {
      return known.filter(cluster -> cluster.provider() == ClusterRecord.Provider.EC2).isPresent();
    }
    return switch (provider.toLowerCase(Locale.ROOT)) {
      case "ec2" -> true;
      case "ssh" -> false;
      default -> throw new UserError("--provider: %s (expected: ssh or ec2)".formatted(provider));
    };
  }

  /// Connects to AWS.
  Ec2Cluster open(String cluster, ClusterStore store, Stop stop) {
    Optional<String> written = store.find(cluster).map(known -> known.settings().get(REGION));
    return Ec2Cluster.open(
        cluster,
        new Ec2Cluster.Access(
            Optional.ofNullable(region).or(() -> written),
            Optional.ofNullable(endpoint).map(Ec2Place::address),
            store.folder(cluster),
            store.knownHosts(cluster)),
        new SplittableRandom(),
        stop);
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text);
      if (address.getHost() != null && String.valueOf(address.getScheme()).startsWith("http")) {
        return address;
      }
    } catch (IllegalArgumentException _) {
      // Refused below, as an address without a host is.
    }
    throw new UserError(
        "--endpoint: %s (expected: an address such as http://127.0.0.1:27951)".formatted(text));
  }

  /// What is known about costs.
  Prices prices() {
    return new Prices(price == null ? OptionalDouble.empty() : OptionalDouble.of(price));
  }
}
