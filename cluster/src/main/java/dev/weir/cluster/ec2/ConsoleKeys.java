package dev.weir.cluster.ec2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;

/// The host keys that cloud-init prints on a machine's console.
final class ConsoleKeys {
  private static final String BEGIN = "-----BEGIN SSH HOST KEY KEYS-----";
  private static final String END = "-----END SSH HOST KEY KEYS-----";
  private static final Pattern KEY =
      Pattern.compile(
          "\\b((?:ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa) AAAA[A-Za-z0-9+/]+={0,2})");

  private final Aws aws;

  ConsoleKeys(Aws aws) {
    this.aws = aws;
  }

  /// The keys, each as type and key; empty while the console shows none.
  Optional<List<String>> of(String id) throws Ec2Exception {
    String encoded = output(id).output();
    if (encoded == null) {
      return Optional.empty();
    }
    List<String> keys = parsed(text(encoded));
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys);
  }

  /// Only machines on AWS's newer hardware show the latest output; others show that of their start.
  private GetConsoleOutputResponse output(String id) throws Ec2Exception {
    try {
      return aws.tried(
          () -> aws.ec2().getConsoleOutput(ask -> ask.instanceId(id).latest(true)),
          AwsProblem.NOT_YET);
    } catch (SdkException _) {
      return aws.call(
          "ec2 GetConsoleOutput",
          () -> aws.ec2().getConsoleOutput(ask -> ask.instanceId(id)),
          AwsProblem.NOT_YET);
    }
  }

  private static String text(String encoded) {
    return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  /// The keys of the last whole block. Other programs may write between its lines, and the kernel
  /// puts a time before them.
  static List<String> parsed(String console) {
    int end = console.lastIndexOf(END);
    int begin = end < 0 ? -1 : console.lastIndexOf(BEGIN, end);
    if (begin < 0) {
      return List.of();
    }
    var keys = new ArrayList<String>();
    var found = KEY.matcher(console.substring(begin, end));
    while (found.find()) {
      keys.add(found.group(1));
    }
    return keys;
  }
}
