package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.cli.option.HelpSection;
import dev.weir.cluster.ec2.Ec2Settings;
import dev.weir.cluster.ec2.Survey;
import dev.weir.cluster.record.NodeRecord.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which machines `up` makes on EC2.
@HelpSection("Amazon")
public final class Ec2Options {
  private static final int WORKERS = 2;
  private static final int DISK_GIGABYTES = 20;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "How many workers to make on EC2, 0 to 100. Default: 2.")
  private @Nullable Integer workers;

  @Option(names = "--type", paramLabel = "TYPE", description = "Instance type. Default: t3.small.")
  private @Nullable String type;

  @Option(
      names = "--disk",
      paramLabel = "GIGABYTES",
      description = "Size of each machine's encrypted gp3 volume. Default: 20.")
  private @Nullable Integer disk;

  @Option(
      names = "--ami",
      paramLabel = "ID",
      description = "Image to start from; --user is its account. Default: Amazon Linux 2023.")
  private @Nullable String image;

  @Option(names = "--vpc", paramLabel = "ID", description = "Default: the region's default VPC.")
  private @Nullable String vpc;

  @Option(
      names = "--subnet",
      paramLabel = "ID",
      description = "Default: one of the VPC whose zone has the type.")
  private @Nullable String subnet;

  @Option(
      names = "--operator-cidr",
      paramLabel = "ADDRESS[/BITS]",
      description =
          "The IPv4 address from which you reach the internet: only from there SSH is let in. It is"
              + " not looked up, as that takes somebody else's service. Needed by the first up.")
  private @Nullable String operator;

  /// What is wanted. What no option says stays as it exists.
  ///
  /// @param formed whether the cluster was once complete; before that, workers may be missing
  Ec2Settings settings(String cluster, @Nullable Integer managers, Survey exists, boolean formed) {
    int managersNow = exists.of(Role.MANAGER).size();
    int workersNow = exists.of(Role.WORKER).size();
    Optional<Survey.Machine> like = exists.machines().stream().findFirst();
    return new Ec2Settings(
        cluster,
        managers != null ? managers : Math.max(1, managersNow),
        workers != null ? workers : formed ? workersNow : Math.max(WORKERS, workersNow),
        type != null ? type : like.map(Survey.Machine::type).orElse("t3.small"),
        disk != null ? disk : like.map(Survey.Machine::diskGigabytes).orElse(DISK_GIGABYTES),
        Optional.ofNullable(image),
        Optional.ofNullable(vpc),
        Optional.ofNullable(subnet),
        Optional.ofNullable(operator));
  }

  /// @throws UserError if one of them is given, although the machines are the user's own
  void refuse() {
    var given = new ArrayList<String>();
    add(given, "--workers", workers);
    add(given, "--type", type);
    add(given, "--disk", disk);
    add(given, "--ami", image);
    add(given, "--vpc", vpc);
    add(given, "--subnet", subnet);
    add(given, "--operator-cidr", operator);
    if (!given.isEmpty()) {
      throw new UserError(
          "%s: only for machines on EC2 (expected: with --provider ec2, or not given)"
              .formatted(String.join(", ", given)));
    }
  }

  private static void add(List<String> given, String name, @Nullable Object value) {
    if (value != null) {
      given.add(name);
    }
  }
}
