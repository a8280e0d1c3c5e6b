package dev.weir.cluster.ec2;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/// Another user of the same account: machines, groups and keys that are none of Weir's business.
final class Foreign {
  private final URI endpoint;

  Foreign(URI endpoint) {
    this.endpoint = endpoint;
  }

  /// A machine, a group, a key pair, and all of them again for another cluster of Weir's.
  void make() {
    try (Ec2Client ec2 = client()) {
      ec2.createSecurityGroup(ask -> ask.groupName("database").description("not ours"));
      ec2.createKeyPair(ask -> ask.keyName("laptop"));
      ec2.runInstances(ask -> ask.imageId("ami-12345678").minCount(1).maxCount(1));
      var other =
          TagSpecification.builder()
              .resourceType(ResourceType.INSTANCE)
              .tags(tag(Tags.CLUSTER, "demo-2"), tag(Tags.ROLE, "worker"), tag(Tags.INDEX, "1"))
              .build();
      ec2.runInstances(
          ask -> ask.imageId("ami-12345678").minCount(1).maxCount(1).tagSpecifications(other));
    }
  }

  void group(String name) {
    try (Ec2Client ec2 = client()) {
      ec2.createSecurityGroup(ask -> ask.groupName(name).description("not ours"));
    }
  }

  /// What exists that has no tag of the cluster `demo`.
  String state() {
    try (Ec2Client ec2 = client()) {
      List<String> machines =
          ec2.describeInstances().reservations().stream()
              .flatMap(reservation -> reservation.instances().stream())
              .filter(instance -> !instance.tags().contains(tag(Tags.CLUSTER, Ec2Lab.CLUSTER)))
              .map(Foreign::text)
              .sorted()
              .toList();
      List<String> groups =
          ec2.describeSecurityGroups().securityGroups().stream()
              .map(group -> group.groupName() + group.ipPermissions())
              .sorted()
              .toList();
      List<String> keys =
          ec2.describeKeyPairs().keyPairs().stream().map(key -> key.keyName()).toList();
      return machines + "\n" + groups + "\n" + keys;
    }
  }

  private static String text(Instance instance) {
    return instance.instanceId() + " " + instance.state().nameAsString();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private Ec2Client client() {
    return Ec2Client.builder()
        .endpointOverride(endpoint)
        .region(Region.of(Ec2Lab.REGION))
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "y")))
        .httpClient(UrlConnectionHttpClient.builder().build())
        .build();
  }
}
