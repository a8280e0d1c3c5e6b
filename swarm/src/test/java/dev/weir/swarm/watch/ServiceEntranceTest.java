package dev.weir.swarm.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.UserError;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Where a service is reached, in the forms that the Engine reports it.
@Timeout(60)
class ServiceEntranceTest {
  private static final String BALANCER =
      "{'ID':'b','Spec':{'Name':'weir_balancer','TaskTemplate':{'ContainerSpec':{'Args':['balance','--swarm']}}},"
          + "'Endpoint':{'Ports':[{'Protocol':'tcp','TargetPort':80,'PublishedPort':80,'PublishMode':'ingress'}]}}";

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // before each test
  private RespondingEngine swarm;

  @BeforeEach
  void start() throws IOException {
    swarm =
        new RespondingEngine(folder)
            .page("/info", "{'Swarm':{'NodeAddr':'10.0.0.1'}}")
            .page(
                "/nodes",
                "[{'ID':'n2','Status':{'State':'ready','Addr':'10.0.0.2'},'Description':{'Hostname':'w1'},'Spec':{'Role':'worker'}}]");
  }

  @AfterEach
  void stop() throws IOException {
    swarm.close();
  }

  @Test
  void anIngressPortIsOpenOnTheManager() {
    service("{'weir.path':'/shop'}", port(8080, 30080, "ingress"));
    assertThat(ServiceEntrance.find(swarm.engine(), "web"))
        .isEqualTo(new ServiceEntrance("http://10.0.0.1:30080", "", "/shop", ""));
  }

  @Test
  void aPortInHostModeIsOpenWhereATaskRuns() {
    service("{}", port(8080, 8081, "host"));
    swarm.page("/tasks", "[{'ID':'t','ServiceID':'s','NodeID':'n2','Status':{'State':'running'}}]");
    assertThat(ServiceEntrance.find(swarm.engine(), "web").url()).isEqualTo("http://10.0.0.2:8081");
  }

  @Test
  void theLabelledPortIsTakenOfSeveral() {
    service("{'weir.port':'9000'}", port(8080, 1, "ingress") + "," + port(9000, 2, "ingress"));
    assertThat(ServiceEntrance.find(swarm.engine(), "web").url()).isEqualTo("http://10.0.0.1:2");
  }

  @Test
  void aServiceWithoutAPortIsBehindTheBalancer() {
    service("{'weir.port':'8080','weir.host':'shop.example, *.example'}", "");
    swarm.page("/services", "[" + BALANCER + "]").page("/services/weir_balancer", BALANCER);
    assertThat(ServiceEntrance.find(swarm.engine(), "web"))
        .isEqualTo(new ServiceEntrance("http://10.0.0.1:80", "shop.example", "/", "weir_balancer"));
  }

  @Test
  void withoutAWayInItIsSaidWhatToDo() {
    service("{}", "");
    assertThatThrownBy(() -> ServiceEntrance.find(swarm.engine(), "web"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--service: web has no port")
        .hasMessageContaining("--url");
  }

  @Test
  void anUnknownServiceIsReportedWithTheKnownOnes() {
    swarm.page("/services", "[{'ID':'w','Spec':{'Name':'web'}},{'ID':'a','Spec':{'Name':'api'}}]");
    assertThatThrownBy(() -> ServiceEntrance.find(swarm.engine(), "wbe"))
        .isInstanceOf(UserError.class)
        .hasMessage("--service: wbe (expected: one of api, web)");
  }

  private void service(String labels, String ports) {
    swarm.page(
        "/services/web",
        "{'Spec':{'Name':'web','Labels':%s},'Endpoint':{'Ports':[%s]}}".formatted(labels, ports));
  }

  private static String port(int target, int published, String mode) {
    return "{'Protocol':'tcp','TargetPort':%d,'PublishedPort':%d,'PublishMode':'%s'}"
        .formatted(target, published, mode);
  }
}
