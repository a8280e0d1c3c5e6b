import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What the balancer's `/status` says at one instant.
///
/// @param arrivals requests that have arrived since the start
/// @param predictedSeconds `slo.predictedSeconds`; infinite if the load exceeds the slots
/// @param busy `slo.utilisation`
/// @param workMillis mean work as measured
/// @param workScv its squared coefficient of variation
/// @param gapScv that of the gaps
record LiveReading(
    long arrivals,
    double predictedSeconds,
    double busy,
    double workMillis,
    double workScv,
    double gapScv) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  static LiveReading read(int adminPort) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/status"))
            .timeout(TIMEOUT)
            .build();
    JsonNode status = MAPPER.readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
    JsonNode slo = status.path("slo");
    return new LiveReading(
        status.path("arrivals").asLong(0),
        slo.path("predictedSeconds").asDouble(Double.POSITIVE_INFINITY),
        slo.path("utilisation").asDouble(Double.NaN),
        1e3 * status.path("workMeanSeconds").asDouble(Double.NaN),
        status.path("workScv").asDouble(Double.NaN),
        status.path("arrivalScv").asDouble(Double.NaN));
  }
}
