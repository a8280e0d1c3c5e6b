package dev.weir.cluster.ec2;

import dev.weir.cluster.record.NodeRecord.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One step of a plan: a call that changes something on EC2, something done here or on a machine,
/// or waiting until EC2 shows it.
sealed interface Step {
  /// Stands for the id of a group that the plan makes.
  String NEW_GROUP = "${group}";

  /// Stands for the public key of a key file that the plan makes.
  String NEW_PUBLIC_KEY = "${public-key}";

  /// What it does, in the imperative.
  String title();

  /// A call that changes something.
  sealed interface Call extends Step {
    /// The name of the call in EC2's API.
    String action();

    /// The parameters as they are sent, but for the API's version and what the plan cannot know.
    Map<String, String> parameters();
  }

  /// Makes the cluster's security group, which lets in nothing yet.
  record CreateGroup(String cluster, String name, String vpc) implements Call {
    static final String DESCRIPTION = "Machines of a Docker Swarm made by weir cluster";

    Map<String, String> tags() {
      var tags = Tags.ofCluster(cluster, name);
      tags.put(Tags.GENERATION, "1");
      return tags;
    }

    @Override
    public String action() {
      return "CreateSecurityGroup";
    }

    @Override
    public String title() {
      return "create the security group %s in %s".formatted(name, vpc);
    }

    @Override
    public Map<String, String> parameters() {
      return new Parameters()
          .with("GroupName", name)
          .with("GroupDescription", DESCRIPTION)
          .with("VpcId", vpc)
          .tags(1, "security-group", tags())
          .all();
    }
  }

  /// Lets something into the group.
  record Allow(String group, Rule rule) implements Call {
    @Override
    public String action() {
      return "AuthorizeSecurityGroupIngress";
    }

    @Override
    public String title() {
      return "let in " + rule.text();
    }

    @Override
    public Map<String, String> parameters() {
      return new Parameters().with("GroupId", group).rule(rule, group).all();
    }
  }

  /// Lets something in no more.
  record Revoke(String group, Rule rule) implements Call {
    @Override
    public String action() {
      return "RevokeSecurityGroupIngress";
    }

    @Override
    public String title() {
      return "no longer let in " + rule.text();
    }

    @Override
    public Map<String, String> parameters() {
      return new Parameters().with("GroupId", group).rule(rule, group).all();
    }
  }

  /// Makes the cluster's key here; the private half stays on this machine.
  record MakeKey(Path file) implements Step {
    @Override
    public String title() {
      return "make an ed25519 key in " + file;
    }
  }

  /// Gives EC2 the public half.
  record ImportKey(String cluster, String name, String publicKey) implements Call {
    @Override
    public String action() {
      return "ImportKeyPair";
    }

    @Override
    public String title() {
      return "import the public key as " + name;
    }

    @Override
    public Map<String, String> parameters() {
      return new Parameters()
          .with("KeyName", name)
          .with("PublicKeyMaterial", Parameters.base64(publicKey))
          .tags(1, "key-pair", Tags.ofCluster(cluster, name))
          .all();
    }
  }

  /// Starts one machine. It gets no user data.
  record Run(
      String cluster,
      Role role,
      int index,
      int generation,
      String group,
      String key,
      String type,
      int diskGigabytes,
      String subnet,
      String image,
      String rootDevice)
      implements Call {
    /// What carries the cluster's tags.
    static final List<String> TAGGED = List.of("instance", "volume", "network-interface");

    String node() {
      return Survey.nodeName(cluster, role, index);
    }

    Map<String, String> tags() {
      var tags = Tags.ofCluster(cluster, node());
      tags.put(Tags.ROLE, Survey.word(role));
      tags.put(Tags.INDEX, String.valueOf(index));
      tags.put(Tags.DISK, String.valueOf(diskGigabytes));
      return tags;
    }

    /// The same machine in a group whose id is known.
    Run withGroup(String id) {
      return new Run(
          cluster,
          role,
          index,
          generation,
          id,
          key,
          type,
          diskGigabytes,
          subnet,
          image,
          rootDevice);
    }

    /// Another machine of the same name.
    Run withGeneration(int other) {
      return new Run(
          cluster, role, index, other, group, key, type, diskGigabytes, subnet, image, rootDevice);
    }

    /// The same for the same machine, so that EC2 starts it once however often it is asked.
    String token() {
      String source = "%s/%s/%d/%s".formatted(cluster, node(), generation, group);
      return group.equals(NEW_GROUP) ? "${sha256:" + source + "}" : Parameters.sha256(source);
    }

    @Override
    public String action() {
      return "RunInstances";
    }

    @Override
    public String title() {
      return "start %s: %s with %d GB in %s".formatted(node(), type, diskGigabytes, subnet);
    }

    @Override
    public Map<String, String> parameters() {
      return new Parameters().machine(this).all();
    }
  }

  /// Counts a scale-down, so that later machines of the same index are new ones.
  record NextGeneration(String group, int generation) implements Call {
    @Override
    public String action() {
      return "CreateTags";
    }

    @Override
    public String title() {
      return "note generation %d on the security group".formatted(generation);
    }

    @Override
    public Map<String, String> parameters() {
      return new Parameters()
          .with("ResourceId.1", group)
          .with("Tag.1.Key", Tags.GENERATION)
          .with("Tag.1.Value", String.valueOf(generation))
          .all();
    }
  }

  /// Drains a node and takes it out of the swarm.
  record Leave(String node) implements Step {
    @Override
    public String title() {
      return "drain %s and take it out of the swarm".formatted(node);
    }
  }

  /// Ends machines, with their volumes.
  record Terminate(List<String> nodes, List<String> ids) implements Call {
    @Override
    public String action() {
      return "TerminateInstances";
    }

    @Override
    public String title() {
      return "terminate %s, each with its volume".formatted(String.join(", ", nodes));
    }

    @Override
    public Map<String, String> parameters() {
      return new Parameters().list("InstanceId", ids).all();
    }
  }

  /// Removes the security group.
  record DeleteGroup(String id, String name) implements Call {
    @Override
    public String action() {
      return "DeleteSecurityGroup";
    }

    @Override
    public String title() {
      return "delete the security group %s (%s)".formatted(name, id);
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of("GroupId", id);
    }
  }

  /// Removes the key pair.
  record DeleteKey(String id, String name) implements Call {
    @Override
    public String action() {
      return "DeleteKeyPair";
    }

    @Override
    public String title() {
      return "delete the key pair %s (%s)".formatted(name, id);
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of("KeyName", name);
    }
  }

  /// Removes a volume that outlived its machine.
  record DeleteVolume(String id) implements Call {
    @Override
    public String action() {
      return "DeleteVolume";
    }

    @Override
    public String title() {
      return "delete the volume " + id;
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of("VolumeId", id);
    }
  }

  /// Waits until EC2 shows something.
  record Await(Until until) implements Step {
    @Override
    public String title() {
      return until.title;
    }
  }

  /// What can be waited for.
  enum Until {
    GROUP_VISIBLE("wait until the security group is visible"),
    RUNNING("wait until every machine runs and has its addresses"),
    HOST_KEYS("read the machines' host keys from their consoles, and pin them"),
    TERMINATED("wait until the machines are terminated"),
    GONE("look that nothing is left");

    private final String title;

    Until(String title) {
      this.title = title;
    }
  }
}
