package dev.weir.arch;

import dev.weir.testing.aws.AwsCall;
import dev.weir.testing.aws.AwsProxy;
import dev.weir.testing.aws.Ec2Manners;
import dev.weir.testing.aws.Ec2Manners.Bare;
import dev.weir.testing.aws.Fault;
import dev.weir.testing.aws.MotoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// AWS as far as Moto is it, with bare machines of the testbed behind it: a process of its own, in
/// the testbed's network.
final class AwsOnMachines {
  private AwsOnMachines() {}

  /// Serves until standard input ends.
  ///
  /// @param args the file to write the endpoint to, the file of the machines' host keys, and their
  ///   addresses
  public static void main(String[] args) throws Exception {
    List<String> keys = Files.readAllLines(Path.of(args[1]));
    var machines = new ArrayList<Bare>();
    Arrays.stream(args).skip(2).forEach(address -> machines.add(machine(address, keys)));
    try (var proxy = new AwsProxy(MotoServer.empty().address(), new Ec2Manners(machines))) {
      proxy.restart(call -> givenKey(call, machines.size()));
      Path part = Path.of(args[0] + ".new");
      Files.writeString(part, proxy.address().toString());
      Files.move(part, Path.of(args[0]));
      System.in.readAllBytes();
    }
  }

  /// As EC2 does, each machine lets the owner of the imported key in.
  private static Fault givenKey(AwsCall call, int machines) {
    if (call.action().equals("ImportKeyPair")) {
      String packed = call.parameters().getOrDefault("PublicKeyMaterial", "");
      String key = new String(Base64.getDecoder().decode(packed), StandardCharsets.UTF_8);
      for (int i = 1; i <= machines; i++) {
        authorize("b" + i, key);
      }
    }
    return new Fault.None();
  }

  private static void authorize(String machine, String key) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("weir.root"), "testbed", "machines").toString(),
                  "exec",
                  machine,
                  "sh",
                  "-c",
                  "echo '%s' >> /home/admin/.ssh/authorized_keys".formatted(key))
              .inheritIO()
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("no key for " + machine);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Bare machine(String address, List<String> keys) {
    return new Bare(
        address,
        address,
        keys.stream()
            .map(line -> line.split(" ", 2))
            .filter(words -> List.of(words[0].split(",", -1)).contains(address))
            .map(words -> words[1])
            .toList());
  }
}
