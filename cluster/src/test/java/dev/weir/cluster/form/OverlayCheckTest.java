package dev.weir.cluster.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.fake.Facts;
import dev.weir.cluster.fake.ScriptedHost;
import dev.weir.cluster.host.Machine;
import dev.weir.cluster.record.NodeRecord.Role;
import dev.weir.ssh.SshAddress;
import dev.weir.ssh.SshLogin;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OverlayCheckTest {
  private static final String FINE = "10.9.0.3 tcp:4000 100 ok\n10.9.0.3 tcp:4000 9000 ok\n";

  @Test
  void largePacketsThatGetLostNameTheMtu() {
    assertThat(lost(FINE)).isEmpty();
    assertThat(lost("10.9.0.3 tcp:4000 100 ok\n10.9.0.3 tcp:4000 9000 timeout\n"))
        .singleElement()
        .asString()
        .startsWith("b1 -> b2: 100 bytes pass on an overlay, 9,000 do not (timeout)")
        .contains("com.docker.network.driver.mtu");
    assertThat(lost("10.9.0.3 tcp:4000 100 timeout\n10.9.0.3 tcp:4000 9000 timeout\n"))
        .containsExactly(
            "b1 -> b2: nothing passes on an overlay (timeout): open 4789/udp between 10.0.0.1 and 10.0.0.2");
    assertThat(lost("")).singleElement().asString().contains("no result");
  }

  /// tar reads what we write.
  @Test
  void theImageIsAnArchiveWithAFolder() throws Exception {
    Process tar = new ProcessBuilder("tar", "-tvf", "-").redirectErrorStream(true).start();
    try (var in = tar.getOutputStream()) {
      in.write(EmptyImage.archive());
    }
    String listed = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tar.waitFor()).as(listed).isZero();
    assertThat(listed).startsWith("drwxr-xr-x").endsWith("check/\n");
  }

  /// What `b1` printed; `b2` had no trouble.
  private static List<String> lost(String printed) {
    Site b1 = site("b1", "10.0.0.1");
    Site b2 = site("b2", "10.0.0.2");
    var addresses = new LinkedHashMap<Site, String>();
    addresses.put(b1, "10.9.0.2");
    addresses.put(b2, "10.9.0.3");
    return OverlayCheck.lost(
        addresses, Map.of(b1, printed, b2, FINE.replace("10.9.0.3", "10.9.0.2")));
  }

  private static Site site(String host, String address) {
    var node =
        new ClusterOrder.Node(
            SshLogin.of(SshAddress.parse(host, "test")), Role.MANAGER, Optional.empty(), Map.of());
    return new Site(
        node, new Machine(new ScriptedHost(host), Facts.read(host), Optional.empty()), address);
  }
}
