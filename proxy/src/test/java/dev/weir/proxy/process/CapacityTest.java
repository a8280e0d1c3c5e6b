package dev.weir.proxy.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.config.ProxySettings;
import org.junit.jupiter.api.Test;

/// What of the settings a machine allows.
final class CapacityTest {
  @Test
  void capacityIsLoweredToWhatTheMachineAllowsAndSaid() {
    var options = new ProxySettings.Options(2, 20_000, false, false, null);
    long heapBytes = 1L << 30;
    var plenty = Capacity.of(options, new Descriptors(1_000_000, 50), heapBytes);
    assertThat(plenty.connections()).isEqualTo(20_000);
    assertThat(plenty.notes()).isEmpty();
    var few = Capacity.of(options, new Descriptors(256, 50), heapBytes);
    assertThat(few.connections()).isEqualTo((256 - 50 - 100) / 2);
    assertThat(few.notes()).singleElement().asString().contains("256 files", "ulimit -n");
    var small = Capacity.of(options, new Descriptors(1_000_000, 50), 48L << 20);
    assertThat(small.connections()).isEqualTo((16 << 20) / (6 * 1024));
    assertThat(small.notes()).singleElement().asString().contains("-Xmx", "--memory");
  }
}
