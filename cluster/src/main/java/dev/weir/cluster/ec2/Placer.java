package dev.weir.cluster.ec2;

import dev.weir.cluster.ec2.Placement.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.ArchitectureType;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LocationType;

/// Chooses where new machines go: VPC, subnet, image. It only reads.
final class Placer {
  private static final String IMAGE =
      "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-";

  /// Where Amazon Linux has its root volume.
  private static final String ROOT_DEVICE = "/dev/xvda";

  private final Aws aws;

  Placer(Aws aws) {
    this.aws = aws;
  }

  /// The place for machines of these settings.
  ///
  /// @param group the cluster's security group, whose VPC decides
  Placement place(Ec2Settings wanted, Optional<Survey.Group> group) throws Ec2Exception {
    Set<String> zones = zones(wanted.type());
    String vpc = vpc(wanted, group);
    List<Subnet> subnets = subnets(vpc);
    Subnet chosen = subnet(wanted, vpc, subnets, zones);
    String image = wanted.image().isPresent() ? wanted.image().get() : newest(wanted.type());
    List<Subnet> others = new ArrayList<>(subnets);
    others.removeIf(other -> other.zone().equals(chosen.zone()) || !zones.contains(other.zone()));
    return new Placement(vpc, chosen, image, rootDevice(image), others);
  }

  /// The zones that have a type.
  private Set<String> zones(String type) throws Ec2Exception {
    Filter named = Surveyor.filter("instance-type", List.of(type));
    Set<String> zones =
        aws
            .call(
                "ec2 DescribeInstanceTypeOfferings",
                () ->
                    aws.ec2()
                        .describeInstanceTypeOfferings(
                            ask -> ask.locationType(LocationType.AVAILABILITY_ZONE).filters(named)))
            .instanceTypeOfferings()
            .stream()
            .map(offering -> offering.location())
            .collect(Collectors.toCollection(HashSet::new));
    if (zones.isEmpty()) {
      throw new Ec2Exception(
          "--type: %s (expected: a type that %s has, such as t3.small; see the list of EC2 instance"
                  .formatted(type, aws.regionName())
              + " types)");
    }
    return zones;
  }

  private String vpc(Ec2Settings wanted, Optional<Survey.Group> group) throws Ec2Exception {
    Optional<String> own = group.map(Survey.Group::vpc);
    if (own.isPresent()) {
      if (wanted.vpc().isPresent() && !wanted.vpc().equals(own)) {
        throw new Ec2Exception(
            "--vpc: %s, but the cluster is in %s (expected: that one, or none given)"
                .formatted(wanted.vpc().get(), own.get()));
      }
      return own.get();
    }
    if (wanted.vpc().isPresent()) {
      return wanted.vpc().get();
    }
    return wanted.subnet().isPresent() ? vpcOf(wanted.subnet().get()) : defaultVpc();
  }

  private String vpcOf(String subnet) throws Ec2Exception {
    return subnets(Surveyor.filter("subnet-id", List.of(subnet))).stream()
        .map(Subnet::vpc)
        .findFirst()
        .orElseThrow(() -> notFound("--subnet", subnet));
  }

  private String defaultVpc() throws Ec2Exception {
    Filter isDefault = Surveyor.filter("is-default", List.of("true"));
    return aws
        .call("ec2 DescribeVpcs", () -> aws.ec2().describeVpcs(ask -> ask.filters(isDefault)))
        .vpcs()
        .stream()
        .map(vpc -> vpc.vpcId())
        .findFirst()
        .orElseThrow(() ->
            new Ec2Exception(
                "--vpc: not given, and %s has no default VPC (expected: --vpc with one whose"
                        .formatted(aws.regionName())
                    + " subnets reach the internet; or make a default one: aws ec2"
                    + " create-default-vpc)"));
  }

  private List<Subnet> subnets(String vpc) throws Ec2Exception {
    List<Subnet> found = subnets(Surveyor.filter("vpc-id", List.of(vpc)));
    if (found.isEmpty()) {
      throw new Ec2Exception(
          "--vpc: %s has no subnets in %s (expected: a VPC of this region with a subnet)"
              .formatted(vpc, aws.regionName()));
    }
    return found;
  }

  private List<Subnet> subnets(Filter filter) throws Ec2Exception {
    return aws.call(
        "ec2 DescribeSubnets",
        () ->
            aws.ec2().describeSubnetsPaginator(ask -> ask.filters(filter)).subnets().stream()
                .map(subnet ->
                    new Subnet(
                        subnet.subnetId(),
                        subnet.vpcId(),
                        subnet.availabilityZone(),
                        Boolean.TRUE.equals(subnet.defaultForAz()),
                        Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch())))
                .sorted(Comparator.comparing(Subnet::zone).thenComparing(Subnet::id))
                .toList());
  }

  private Subnet subnet(Ec2Settings wanted, String vpc, List<Subnet> subnets, Set<String> zones)
      throws Ec2Exception {
    if (wanted.subnet().isPresent()) {
      String id = wanted.subnet().get();
      return subnets.stream()
          .filter(subnet -> subnet.id().equals(id))
          .findFirst()
          .orElseThrow(() -> notFound("--subnet", id + " in " + vpc));
    }
    return subnets.stream()
        .filter(subnet -> zones.contains(subnet.zone()))
        .min(
            Comparator.comparing((Subnet subnet) -> !subnet.givesAddress())
                .thenComparing(subnet -> !subnet.isDefault())
                .thenComparing(Subnet::zone))
        .orElseThrow(() ->
            new Ec2Exception(
                "--type: no zone of %s with a subnet has %s (expected: another type, or a subnet"
                        .formatted(vpc, wanted.type())
                    + " in one of "
                    + String.join(", ", zones.stream().sorted().toList())
                    + ")"));
  }

  private Ec2Exception notFound(String option, String what) {
    return new Ec2Exception(
        "%s: %s not found in %s (expected: one of this region)"
            .formatted(option, what, aws.regionName()));
  }

  /// Amazon Linux 2023 for the type's processor, as AWS names it.
  private String newest(String type) throws Ec2Exception {
    String name = IMAGE + architecture(type);
    return aws.call("ssm GetParameter", () -> aws.ssm().getParameter(ask -> ask.name(name)))
        .parameter()
        .value();
  }

  private String architecture(String type) throws Ec2Exception {
    boolean arm =
        aws
            .call(
                "ec2 DescribeInstanceTypes",
                () -> aws.ec2().describeInstanceTypes(ask -> ask.instanceTypesWithStrings(type)))
            .instanceTypes()
            .stream()
            .flatMap(one -> one.processorInfo().supportedArchitectures().stream())
            .anyMatch(ArchitectureType.ARM64::equals);
    return arm ? "arm64" : "x86_64";
  }

  /// The volume of settings goes in the place of the image's root volume.
  private String rootDevice(String image) throws Ec2Exception {
    try {
      return aws.tried(() -> aws.ec2().describeImages(ask -> ask.imageIds(image))).images().stream()
          .flatMap(found -> Optional.ofNullable(found.rootDeviceName()).stream())
          .findFirst()
          .orElse(ROOT_DEVICE);
    } catch (SdkException e) {
      if (AwsProblem.of(e) == AwsProblem.NOT_YET) {
        throw notFound("--ami", image);
      }
      throw AwsErrors.of("ec2 DescribeImages", e);
    }
  }
}
