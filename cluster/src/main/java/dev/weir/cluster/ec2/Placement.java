package dev.weir.cluster.ec2;

import java.util.List;
import java.util.Optional;

/// Where new machines go, and from what they start.
///
/// @param rootDevice name of the image's root device, such as /dev/xvda
/// @param others other subnets of the same VPC whose zones have the type, for when this one is full
public record Placement(
    String vpc, Subnet subnet, String image, String rootDevice, List<Subnet> others) {
  public Placement {
    others = List.copyOf(others);
  }

  /// A subnet and its availability zone.
  ///
  /// @param isDefault whether it is its zone's default subnet
  /// @param givesAddress whether machines get a public address by themselves
  public record Subnet(
      String id, String vpc, String zone, boolean isDefault, boolean givesAddress) {
    /// Such as `subnet-1 (us-east-1a)`.
    String text() {
      return "%s (%s)".formatted(id, zone);
    }
  }

  /// The subnet of an id, if it is one of these.
  Optional<Subnet> find(String id) {
    return others.stream().filter(other -> other.id().equals(id)).findFirst();
  }
}
