package dev.weir.observe.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is read of a balancer's `/status`.
class BalancerReadingTest {
  private static final String SERVICE =
      """
      "policy":"weir","arrivalsPerSecond":40.5,"arrivalScv":1.5,"arrivalIdc":null,\
      "workMeanSeconds":0.06,"workScv":0.9,\
      "replicas":[{"id":"a","state":"active","limit":3,"knee":2},\
      {"id":"b","state":"active","limit":4,"knee":null},\
      {"id":"c","state":"draining","limit":0,"knee":null}]\
      """;

  @Test
  void theOnlyServiceIsRead() throws IOException {
    List<BalancerReading> readings =
        BalancerReading.parse(
            "{%s,\"slo\":{\"promise\":\"p99<300ms\",\"measuredSeconds\":0.2}}".formatted(SERVICE));
    assertThat(readings).hasSize(1);
    BalancerReading only = readings.getFirst();
    assertThat(only.service()).isEmpty();
    assertThat(only.ratePerSecond()).isEqualTo(40.5);
    assertThat(only.idc()).isNaN();
    assertThat(only.workMeanSeconds()).isEqualTo(.06);
    assertThat(only.replicas()).isEqualTo(2);
    assertThat(only.slots()).isEqualTo(6);
    assertThat(only.promise()).contains("p99<300ms");
    assertThat(only.measuredSeconds()).isEqualTo(.2);
  }

  @Test
  void slotsAreUnknownWhileOneReplicaHasNeitherKneeNorLimit() throws IOException {
    String open = SERVICE.replace("\"limit\":4", "\"limit\":0");
    assertThat(BalancerReading.parse("{%s}".formatted(open)).getFirst().slots()).isZero();
  }

  @Test
  void severalServicesAreRead() throws IOException {
    List<BalancerReading> readings =
        BalancerReading.parse("{\"services\":[{\"name\":\"web\",%s}]}".formatted(SERVICE));
    assertThat(readings).extracting(BalancerReading::service).containsExactly("web");
    assertThat(readings.getFirst().promise()).isEmpty();
  }

  @Test
  void somethingElseIsRefused() {
    assertThatThrownBy(() -> BalancerReading.parse("{}"))
        .isInstanceOf(IOException.class)
        .hasMessage("response is no balancer's status");
    assertThatThrownBy(() -> BalancerReading.parse("<html>")).isInstanceOf(IOException.class);
  }
}
