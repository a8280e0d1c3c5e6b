package dev.weir.cluster.ec2;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The parameters of a call as EC2's query API names them, written down for people and compared
/// with what is really sent.
final class Parameters {
  private static final int TOKEN_LETTERS = 40;

  private final Map<String, String> all = new TreeMap<>();

  Parameters with(String name, String value) {
    all.put(name, value);
    return this;
  }

  Parameters list(String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      all.put(name + "." + (i + 1), values.get(i));
    }
    return this;
  }

  Parameters tags(int number, String resource, Map<String, String> tags) {
    String prefix = "TagSpecification.%d.".formatted(number);
    all.put(prefix + "ResourceType", resource);
    int i = 0;
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      i++;
      all.put(prefix + "Tag.%d.Key".formatted(i), tag.getKey());
      all.put(prefix + "Tag.%d.Value".formatted(i), tag.getValue());
    }
    return this;
  }

  Parameters rule(Rule rule, String group) {
    String prefix = "IpPermissions.1.";
    all.put(prefix + "IpProtocol", rule.protocol());
    all.put(prefix + "FromPort", String.valueOf(rule.from()));
    all.put(prefix + "ToPort", String.valueOf(rule.to()));
    rule.cidr()
        .ifPresentOrElse(
            cidr -> source(prefix + "IpRanges.1.", "CidrIp", cidr, rule),
            () -> source(prefix + "Groups.1.", "GroupId", group, rule));
    return this;
  }

  private void source(String prefix, String name, String value, Rule rule) {
    all.put(prefix + name, value);
    all.put(prefix + "Description", rule.purpose());
  }

  Parameters machine(Step.Run run) {
    with("ClientToken", run.token());
    with("ImageId", run.image());
    with("InstanceType", run.type());
    with("KeyName", run.key());
    with("MinCount", "1");
    with("MaxCount", "1");
    with("SecurityGroupId.1", run.group());
    with("SubnetId", run.subnet());
    with("MetadataOptions.HttpTokens", "required");
    with("MetadataOptions.HttpEndpoint", "enabled");
    with("MetadataOptions.HttpPutResponseHopLimit", "1");
    with("BlockDeviceMapping.1.DeviceName", run.rootDevice());
    with("BlockDeviceMapping.1.Ebs.VolumeSize", String.valueOf(run.diskGigabytes()));
    with("BlockDeviceMapping.1.Ebs.VolumeType", "gp3");
    with("BlockDeviceMapping.1.Ebs.Encrypted", "true");
    with("BlockDeviceMapping.1.Ebs.DeleteOnTermination", "true");
    for (int i = 0; i < Step.Run.TAGGED.size(); i++) {
      tags(i + 1, Step.Run.TAGGED.get(i), run.tags());
    }
    return this;
  }

  Map<String, String> all() {
    return Collections.unmodifiableMap(all);
  }

  static String base64(String text) {
    return text.equals(Step.NEW_PUBLIC_KEY)
        ? "${base64:public-key}"
        : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The beginning of a text's hash, as long as a client token may be.
  static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, TOKEN_LETTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
