package dev.weir.cluster.ec2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/// Carries out a plan, step by step. Each step may be done again: a call that was carried out
/// before changes nothing more.
final class Executor {
  private static final int GENERATIONS_MAX = 3;

  private final Aws aws;
  private final Plan plan;
  private final KeyFile key;
  private final Waits waits;
  private final Watcher watcher;
  private final Leaving leaving;
  private final Capacity capacity;
  private String group = Step.NEW_GROUP;
  private String publicKey = Step.NEW_PUBLIC_KEY;
  private final List<String> started = new ArrayList<>();

  /// @param leaving takes a node out of the swarm
  Executor(
      Aws aws,
      Plan plan,
      KeyFile key,
      Waits waits,
      Capacity capacity,
      Leaving leaving,
      Watcher watcher) {
    this.aws = aws;
    this.plan = plan;
    this.key = key;
    this.waits = waits;
    this.capacity = capacity;
    this.leaving = leaving;
    this.watcher = watcher;
  }

  /// Runs all steps.
  ///
  /// @throws Ec2Exception at the first step that fails; those before it stay done
  void run() throws Ec2Exception {
    int number = 0;
    for (Step step : plan.steps()) {
      number++;
      watcher.step(number, plan.steps().size(), step.title());
      run(step);
    }
  }

  private void run(Step step) throws Ec2Exception {
    switch (step) {
      case Step.CreateGroup create -> group = created(create);
      case Step.Allow allow -> allow(allow);
      case Step.Revoke revoke -> revoke(revoke);
      case Step.MakeKey _ -> publicKey = key.made();
      case Step.ImportKey imported -> importKey(imported);
      case Step.Run run -> started.add(start(resolved(run)));
      case Step.NextGeneration next -> note(next.group(), next.generation());
      case Step.Leave leave -> leaving.leave(leave.node());
      case Step.Terminate terminate -> terminate(terminate);
      case Step.DeleteGroup delete -> deleteGroup(delete);
      case Step.DeleteKey delete -> deleteKey(delete);
      case Step.DeleteVolume delete -> deleteVolume(delete);
      case Step.Await await -> await(await.until());
    }
  }

  private void await(Step.Until until) throws Ec2Exception {
    switch (until) {
      case GROUP_VISIBLE -> waits.groupVisible(group);
      case RUNNING -> waits.running(started);
      case HOST_KEYS -> waits.hostKeys();
      case TERMINATED -> waits.terminated(ending());
      case GONE -> waits.gone();
    }
  }

  /// The machines whose end this plan waits for; empty for all of the cluster.
  private List<String> ending() {
    return plan.steps().stream()
        .filter(step -> step instanceof Step.Terminate && !plan.running().isEmpty())
        .flatMap(step -> ((Step.Terminate) step).ids().stream())
        .toList();
  }

  private String created(Step.CreateGroup create) throws Ec2Exception {
    try {
      return aws.tried(() ->
              aws.ec2()
                  .createSecurityGroup(ask ->
                      ask.groupName(create.name())
                          .description(Step.CreateGroup.DESCRIPTION)
                          .vpcId(create.vpc())
                          .tagSpecifications(Requests.tagged("security-group", create.tags()))))
          .groupId();
    } catch (SdkException e) {
      if (AwsProblem.of(e) == AwsProblem.DUPLICATE) {
        return adopted(create);
      }
      throw AwsErrors.of("ec2 CreateSecurityGroup", e);
    }
  }

  /// A group of this name that has our tag was made by a call whose response was lost.
  private String adopted(Step.CreateGroup create) throws Ec2Exception {
    Filter named = Surveyor.filter("group-name", List.of(create.name()));
    Filter inside = Surveyor.filter("vpc-id", List.of(create.vpc()));
    Filter ours = Surveyor.filter("tag:" + Tags.CLUSTER, List.of(create.cluster()));
    List<SecurityGroup> found =
        waits.until(
            "the security group " + create.name(),
            () ->
                Optional.of(
                        aws.call(
                                "ec2 DescribeSecurityGroups",
                                () ->
                                    aws.ec2()
                                        .describeSecurityGroups(ask -> ask.filters(named, inside)))
                            .securityGroups())
                    .filter(groups -> !groups.isEmpty()));
    List<SecurityGroup> mine =
        aws.call(
                "ec2 DescribeSecurityGroups",
                () -> aws.ec2().describeSecurityGroups(ask -> ask.filters(named, inside, ours)))
            .securityGroups();
    if (mine.isEmpty()) {
      throw new Ec2Exception(
          "security group %s: %s has this name, but no tag %s=%s (expected: none of this name;"
                  .formatted(
                      create.name(), found.getFirst().groupId(), Tags.CLUSTER, create.cluster())
              + " choose another --name, or delete the group if nothing needs it)");
    }
    return mine.getFirst().groupId();
  }

  private void allow(Step.Allow allow) throws Ec2Exception {
    String id = resolved(allow.group());
    try {
      aws.tried(
          () ->
              aws.ec2()
                  .authorizeSecurityGroupIngress(
                      ask -> ask.groupId(id).ipPermissions(Requests.permission(allow.rule(), id))),
          AwsProblem.NOT_YET);
    } catch (SdkException e) {
      if (AwsProblem.of(e) != AwsProblem.DUPLICATE) {
        throw AwsErrors.of("ec2 " + allow.action(), e);
      }
    }
  }

  private void revoke(Step.Revoke revoke) throws Ec2Exception {
    String id = resolved(revoke.group());
    gone(
        "ec2 " + revoke.action(),
        () ->
            aws.ec2()
                .revokeSecurityGroupIngress(
                    ask -> ask.groupId(id).ipPermissions(Requests.permission(revoke.rule(), id))));
  }

  private void importKey(Step.ImportKey imported) throws Ec2Exception {
    String own =
        imported.publicKey().equals(Step.NEW_PUBLIC_KEY) ? publicKey : imported.publicKey();
    try {
      aws.tried(() ->
          aws.ec2()
              .importKeyPair(ask ->
                  ask.keyName(imported.name())
                      .publicKeyMaterial(SdkBytes.fromUtf8String(own))
                      .tagSpecifications(
                          Requests.tagged(
                              "key-pair", Tags.ofCluster(imported.cluster(), imported.name())))));
    } catch (SdkException e) {
      if (AwsProblem.of(e) != AwsProblem.DUPLICATE) {
        throw AwsErrors.of("ec2 ImportKeyPair", e);
      }
      new KeyCheck(aws, imported.cluster()).isOurs(imported.name(), own);
    }
  }

  private String start(Step.Run run) throws Ec2Exception {
    Step.Run next = run;
    for (int attempt = 0; attempt < GENERATIONS_MAX; attempt++) {
      Step.Run now = next;
      try {
        return aws.tried(() -> aws.ec2().runInstances(Requests.run(now)), AwsProblem.NOT_YET)
            .instances()
            .getFirst()
            .instanceId();
      } catch (SdkException e) {
        if (AwsProblem.of(e) != AwsProblem.TOKEN_USED) {
          throw capacity.explained(now, e);
        }
        watcher.note(
            "%s was terminated outside of Weir; a new machine takes its place"
                .formatted(now.node()));
        note(now.group(), now.generation() + 1);
        next = now.withGeneration(now.generation() + 1);
      }
    }
    throw new Ec2Exception(
        "%s: AWS still remembers machines of this name that were terminated (run the command again"
                .formatted(run.node())
            + " later)");
  }

  private void note(String id, int generation) throws Ec2Exception {
    aws.call(
        "ec2 CreateTags",
        () ->
            aws.ec2()
                .createTags(ask ->
                    ask.resources(id)
                        .tags(Requests.tag(Tags.GENERATION, String.valueOf(generation)))),
        AwsProblem.NOT_YET);
  }

  private void terminate(Step.Terminate terminate) throws Ec2Exception {
    gone(
        "ec2 TerminateInstances",
        () -> aws.ec2().terminateInstances(ask -> ask.instanceIds(terminate.ids())));
  }

  private void deleteGroup(Step.DeleteGroup delete) throws Ec2Exception {
    gone(
        "ec2 DeleteSecurityGroup",
        () -> aws.ec2().deleteSecurityGroup(ask -> ask.groupId(delete.id())));
  }

  private void deleteKey(Step.DeleteKey delete) throws Ec2Exception {
    gone("ec2 DeleteKeyPair", () -> aws.ec2().deleteKeyPair(ask -> ask.keyName(delete.name())));
  }

  private void deleteVolume(Step.DeleteVolume delete) throws Ec2Exception {
    gone("ec2 DeleteVolume", () -> aws.ec2().deleteVolume(ask -> ask.volumeId(delete.id())));
  }

  /// Removes something. If it is not there, an earlier attempt removed it.
  private void gone(String action, Runnable removal) throws Ec2Exception {
    try {
      aws.tried(
          () -> {
            removal.run();
            return true;
          },
          AwsProblem.IN_USE);
    } catch (SdkException e) {
      if (AwsProblem.of(e) != AwsProblem.NOT_YET) {
        throw AwsErrors.of(action, e);
      }
    }
  }

  private String resolved(String id) {
    return id.equals(Step.NEW_GROUP) ? group : id;
  }

  private Step.Run resolved(Step.Run run) {
    return run.withGroup(resolved(run.group()));
  }
}
