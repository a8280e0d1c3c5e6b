package dev.weir.cluster.ec2;

import java.util.List;

/// Looks whether a key pair that is there already is the cluster's own.
final class KeyCheck {
  private final Aws aws;
  private final String cluster;

  KeyCheck(Aws aws, String cluster) {
    this.aws = aws;
    this.cluster = cluster;
  }

  /// @throws Ec2Exception if it is another's, or of another key
  void isOurs(String name, String publicKey) throws Ec2Exception {
    List<Survey.KeyPair> ours =
        new Surveyor(aws, cluster)
            .survey().keys().stream().filter(key -> key.name().equals(name)).toList();
    if (ours.isEmpty()) {
      throw new Ec2Exception(
          "key pair %s: exists, but has no tag %s=%s (expected: none of this name; choose another"
                  .formatted(name, Tags.CLUSTER, cluster)
              + " --name, or delete the key pair if nothing needs it)");
    }
    String known = ours.getFirst().publicKey();
    if (!known.isEmpty() && !known.equals(publicKey)) {
      throw new Ec2Exception(
          "key pair %s: has another public key than this machine's (run weir cluster down, then up)"
              .formatted(name));
    }
  }
}
