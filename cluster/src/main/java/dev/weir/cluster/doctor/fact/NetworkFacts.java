package dev.weir.cluster.doctor.fact;

import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// A network that the Engine knows.
///
/// @param id its id
/// @param name its name
/// @param driver such as `overlay` or `bridge`
/// @param scope `swarm` or `local`
/// @param ingress whether the routing mesh uses it
/// @param subnets its address ranges
/// @param mtu the largest packet of the machines that it was made for, if set
public record NetworkFacts(
    String id,
    String name,
    String driver,
    String scope,
    boolean ingress,
    List<Subnet> subnets,
    OptionalInt mtu) {
  private static final String MTU = "com.docker.network.driver.mtu";

  /// Copies the list.
  public NetworkFacts {
    subnets = List.copyOf(subnets);
  }

  /// Reads one of the Engine's list.
  public static NetworkFacts of(JsonNode json) {
    String mtu = Fields.text(json.path("Options"), MTU);
    return new NetworkFacts(
        Fields.text(json, "Id"),
        Fields.text(json, "Name"),
        Fields.text(json, "Driver"),
        Fields.text(json, "Scope"),
        json.path("Ingress").asBoolean(false),
        Fields.items(
                json.path("IPAM").path("Config"),
                config -> Subnet.parse(Fields.text(config, "Subnet")))
            .stream()
            .flatMap(subnet -> subnet.stream())
            .toList(),
        mtu.matches("[0-9]{1,6}") ? OptionalInt.of(Integer.parseInt(mtu)) : OptionalInt.empty());
  }

  /// Whether it spans nodes.
  public boolean isOverlay() {
    return driver.equals("overlay") && scope.equals("swarm");
  }
}
