package dev.weir.cluster.ec2;

import dev.weir.base.Problems;
import dev.weir.base.UserError;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the user wants on EC2.
///
/// @param managers 1, 3, 5 or 7
/// @param workers 0 to 100
/// @param type instance type, such as t3.small
/// @param diskGigabytes size of each machine's volume
/// @param image AMI id; empty for the newest Amazon Linux 2023
/// @param vpc empty for the default one
/// @param subnet empty for a default one whose zone has the type
/// @param operator range of addresses that may log in; empty keeps what the group has
public record Ec2Settings(
    String cluster,
    int managers,
    int workers,
    String type,
    int diskGigabytes,
    Optional<String> image,
    Optional<String> vpc,
    Optional<String> subnet,
    Optional<String> operator) {
  static final int DISK_MIN = 8;
  static final int DISK_MAX = 16_384;
  static final int WORKERS_MAX = 100;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z0-9-]+");

  /// @throws UserError with every setting that cannot be
  public Ec2Settings {
    var problems = new Problems();
    problems.check(
        NAME.matcher(cluster).matches(),
        "--name",
        cluster,
        "a letter, then letters, digits and -, at most 31, all lower case");
    problems.check(List.of(1, 3, 5, 7).contains(managers), "--managers", managers, "1, 3, 5 or 7");
    problems.check(
        workers >= 0 && workers <= WORKERS_MAX, "--workers", workers, "0 to " + WORKERS_MAX);
    problems.check(TYPE.matcher(type).matches(), "--type", type, "such as t3.small");
    problems.check(
        diskGigabytes >= DISK_MIN && diskGigabytes <= DISK_MAX,
        "--disk",
        diskGigabytes,
        "%d to %d gigabytes".formatted(DISK_MIN, DISK_MAX));
    image.ifPresent(id -> isId(problems, "--ami", id, "ami"));
    vpc.ifPresent(id -> isId(problems, "--vpc", id, "vpc"));
    subnet.ifPresent(id -> isId(problems, "--subnet", id, "subnet"));
    operator = operator.map(typed -> Cidr.parse(typed, problems));
    refuse(problems);
  }

  private static void isId(Problems problems, String option, String id, String kind) {
    problems.check(
        id.matches(kind + "-[0-9a-f]{8,17}"),
        option,
        id,
        kind + "- and its number, as AWS shows it");
  }

  private static void refuse(Problems problems) {
    if (!problems.all().isEmpty()) {
      throw new UserError(String.join("\n", problems.all()));
    }
  }
}
