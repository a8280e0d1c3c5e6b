package dev.weir.cli.cluster;

import dev.weir.cli.engine.ClusterAccess;
import dev.weir.cluster.doctor.fact.OpenPort;
import dev.weir.cluster.doctor.reading.PortExposure;
import dev.weir.cluster.ec2.Ec2Cluster;
import dev.weir.cluster.ec2.Ec2Exception;
import dev.weir.cluster.ec2.Stop;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// What the doctor reads outside of the machines: the security groups of a cluster on EC2.
final class DoctorOutside {
  private DoctorOutside() {}

  /// Empty for a cluster that is not on EC2.
  static Optional<PortExposure> of(ClusterRecord cluster) {
    return cluster.provider() == ClusterRecord.Provider.EC2
        ? Optional.of(() -> openPorts(cluster))
        : Optional.empty();
  }

  private static List<OpenPort> openPorts(ClusterRecord cluster) throws IOException {
    ClusterStore store = ClusterAccess.store();
    var access =
        new Ec2Cluster.Access(
            Optional.ofNullable(cluster.settings().get(Ec2Place.REGION)),
            Optional.empty(),
            store.folder(cluster.name()),
            store.knownHosts(cluster.name()));
    try (Ec2Cluster machines =
        Ec2Cluster.open(cluster.name(), access, new SplittableRandom(), new Stop())) {
      return machines.openPorts();
    } catch (Ec2Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
