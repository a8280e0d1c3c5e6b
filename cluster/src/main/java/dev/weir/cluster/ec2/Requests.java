package dev.weir.cluster.ec2;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/// Larger parts of calls, in the SDK's classes. Tests compare what is sent with what the plan says.
final class Requests {
  private Requests() {}

  /// The tags of one kind of resource.
  static TagSpecification tagged(String resource, Map<String, String> tags) {
    return TagSpecification.builder().resourceType(resource).tags(tags(tags)).build();
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream().map(tag -> tag(tag.getKey(), tag.getValue())).toList();
  }

  static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  /// What a rule lets in.
  ///
  /// @param group id of the group that has the rule
  static IpPermission permission(Rule rule, String group) {
    var permission =
        IpPermission.builder().ipProtocol(rule.protocol()).fromPort(rule.from()).toPort(rule.to());
    rule.cidr()
        .ifPresentOrElse(
            cidr ->
                permission.ipRanges(
                    IpRange.builder().cidrIp(cidr).description(rule.purpose()).build()),
            () ->
                permission.userIdGroupPairs(
                    UserIdGroupPair.builder().groupId(group).description(rule.purpose()).build()));
    return permission.build();
  }

  /// The start of one machine: no user data, tokens for its metadata, an encrypted volume.
  static RunInstancesRequest run(Step.Run run) {
    return RunInstancesRequest.builder()
        .clientToken(run.token())
        .imageId(run.image())
        .instanceType(run.type())
        .keyName(run.key())
        .minCount(1)
        .maxCount(1)
        .securityGroupIds(run.group())
        .subnetId(run.subnet())
        .metadataOptions(options ->
            options
                .httpTokens(HttpTokensState.REQUIRED)
                .httpEndpoint(InstanceMetadataEndpointState.ENABLED)
                .httpPutResponseHopLimit(1))
        .blockDeviceMappings(volume(run))
        .tagSpecifications(
            Step.Run.TAGGED.stream().map(resource -> tagged(resource, run.tags())).toList())
        .build();
  }

  private static BlockDeviceMapping volume(Step.Run run) {
    return BlockDeviceMapping.builder()
        .deviceName(run.rootDevice())
        .ebs(disk ->
            disk.volumeSize(run.diskGigabytes())
                .volumeType(VolumeType.GP3)
                .encrypted(true)
                .deleteOnTermination(true))
        .build();
  }
}
