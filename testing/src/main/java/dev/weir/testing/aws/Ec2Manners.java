package dev.weir.testing.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What EC2 does and Moto does not: a client token starts one machine, what is new is not visible
/// at once, and consoles show host keys. Machine N in order of starts has a given address, so that
/// it can be a real machine of the testbed.
public final class Ec2Manners {
  private static final Pattern INSTANCE = Pattern.compile("<instanceId>(i-[0-9a-f]+)</instanceId>");
  private static final Pattern GROUP = Pattern.compile("<groupId>(sg-[0-9a-f]+)</groupId>");
  private static final Pattern ADDRESSED =
      Pattern.compile(
          "<instanceId>(?<id>i-[0-9a-f]+)</instanceId>"
              + "|<(?<tag>ipAddress|publicIp|privateIpAddress)>[^<]*</");

  private final Map<String, Reply> byToken = new HashMap<>();
  private final Map<String, Integer> hidden = new HashMap<>();
  private final Set<String> terminated = new HashSet<>();
  private final List<String> machines = new ArrayList<>();
  private final List<Bare> bare;
  private int lateReads;

  /// The machines behind the API.
  ///
  /// @param publicAddress where SSH reaches it
  /// @param hostKeys each as type and key
  public record Bare(String publicAddress, String privateAddress, List<String> hostKeys) {
    /// A machine that does not exist.
    static Bare paper(int number) {
      return new Bare(
          "203.0.113." + number,
          "10.0.0." + number,
          List.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "%043d".formatted(number)));
    }
  }

  /// @param bare the first machines; those after them exist on paper only
  public Ec2Manners(List<Bare> bare) {
    this.bare = List.copyOf(bare);
  }

  /// From now on, what is new stays unseen for so many reads.
  public void showLate(int reads) {
    lateReads = reads;
  }

  Reply reply(AwsCall call, Supplier<Reply> moto) {
    String token = call.parameters().getOrDefault("ClientToken", "");
    Reply known = byToken.get(token);
    if (call.action().equals("RunInstances") && known != null) {
      return isTerminated(known) ? Reply.error(400, "IdempotentInstanceTerminated") : known;
    }
    Reply unseen = unseen(call);
    if (unseen != null) {
      return unseen;
    }
    Reply reply = moto.get();
    remember(call, token, reply);
    return rewritten(call, reply);
  }

  private boolean isTerminated(Reply known) {
    Matcher instance = INSTANCE.matcher(known.body());
    return instance.find() && terminated.contains(instance.group(1));
  }

  private void remember(AwsCall call, String token, Reply reply) {
    if (!reply.succeeded()) {
      return;
    }
    switch (call.action()) {
      case "RunInstances" -> {
        byToken.put(token, reply);
        Matcher instance = INSTANCE.matcher(reply.body());
        if (instance.find()) {
          machines.add(instance.group(1));
          hidden.put(instance.group(1), lateReads);
        }
      }
      case "CreateSecurityGroup" -> {
        Matcher group = GROUP.matcher(reply.body());
        if (group.find()) {
          hidden.put(group.group(1), lateReads);
        }
      }
      case "TerminateInstances" ->
          call.parameters()
              .forEach((name, value) -> {
                if (name.startsWith("InstanceId.")) {
                  terminated.add(value);
                }
              });
      default -> {}
    }
  }

  /// A call that names a group which is not visible yet fails.
  private @Nullable Reply unseen(AwsCall call) {
    for (String value : call.parameters().values()) {
      Integer reads = value.startsWith("sg-") ? hidden.get(value) : null;
      if (reads != null && reads > 0) {
        hidden.put(value, reads - 1);
        return Reply.error(400, "InvalidGroup.NotFound");
      }
    }
    return null;
  }

  private Reply rewritten(AwsCall call, Reply reply) {
    return switch (call.action()) {
      case "DescribeInstances" -> reply.withBody(addressed(withoutUnseen(reply.body())));
      case "GetConsoleOutput" -> reply.withBody(console(call, reply.body()));
      default -> reply;
    };
  }

  private String withoutUnseen(String body) {
    String shown = body;
    for (Map.Entry<String, Integer> one : hidden.entrySet()) {
      if (one.getValue() > 0 && shown.contains(one.getKey()) && one.getKey().startsWith("i-")) {
        one.setValue(one.getValue() - 1);
        shown = withoutReservation(shown, one.getKey());
      }
    }
    return shown;
  }

  /// Each of our machines is alone in its reservation.
  private static String withoutReservation(String body, String id) {
    int at = body.indexOf("<instanceId>" + id);
    int begin = body.lastIndexOf("<reservationId>", at);
    begin = body.lastIndexOf("<item>", begin);
    int next = body.indexOf("<reservationId>", at);
    int end = next < 0 ? body.indexOf("</reservationSet>") : body.lastIndexOf("<item>", next);
    return body.substring(0, begin) + body.substring(end);
  }

  private String addressed(String body) {
    var result = new StringBuilder();
    Matcher found = ADDRESSED.matcher(body);
    String id = "";
    // A machine's id comes before its addresses.
    while (found.find()) {
      id = found.group("id") == null ? id : found.group("id");
      String tag = found.group("tag");
      found.appendReplacement(result, tag == null ? found.group() : element(tag, id, found));
    }
    return found.appendTail(result).toString();
  }

  private String element(String tag, String id, Matcher found) {
    int number = machines.indexOf(id);
    if (number < 0) {
      return found.group();
    }
    Bare machine = machine(number);
    String address =
        tag.equals("privateIpAddress") ? machine.privateAddress() : machine.publicAddress();
    return "<%s>%s</".formatted(tag, address);
  }

  private Bare machine(int number) {
    return number < bare.size() ? bare.get(number) : Bare.paper(number + 1);
  }

  private String console(AwsCall call, String body) {
    int number = machines.indexOf(call.parameters().getOrDefault("InstanceId", ""));
    String text =
        "[   11.5] cloud-init[1290]: boots\n-----BEGIN SSH HOST KEY KEYS-----\n%s\n-----END SSH HOST KEY KEYS-----\n"
            .formatted(String.join(" root@ip\n", machine(number).hostKeys()));
    String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return body.replaceAll("(?s)<output>.*</output>", "<output>" + encoded + "</output>");
  }
}
