package dev.weir.cluster.ec2;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// One command of a cluster on EC2 as a process of its own, which a test kills.
final class KilledCommand {
  private KilledCommand() {}

  /// Carries out one command.
  ///
  /// @param args what to do (up, scale or down), the endpoint, and the folder of the cluster
  public static void main(String[] args) throws Ec2Exception {
    try (Ec2Cluster cluster = Ec2Lab.open(URI.create(args[1]), Path.of(args[2]))) {
      Plan plan = plan(args[0], cluster);
      cluster.execute(plan, _ -> {}, new Ec2Lab.Silent());
    }
  }

  /// The plan of one of up, scale and down.
  static Plan plan(String what, Ec2Cluster cluster) throws Ec2Exception {
    return switch (what) {
      case "up" -> cluster.planUp(_ -> Ec2Lab.settings(1, 2));
      case "scale" -> cluster.planScale(1);
      default -> cluster.planDown();
    };
  }

  /// Starts it.
  static Process start(String what, URI endpoint, Path home) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledCommand.class.getName(),
                what,
                endpoint.toString(),
                home.toString()))
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("killed.log").toFile())
        .start();
  }
}
