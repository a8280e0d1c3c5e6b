import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/// Downloads one file and keeps it only if its SHA-512 is the expected one. Run from source by
/// ./mvnw, because a machine with only a JDK need not have curl.
class Fetch {
  public static void main(String[] args) throws Exception {
    URI source = URI.create(args[0]);
    Path target = Path.of(args[1]);
    Path part = target.resolveSibling(target.getFileName() + ".part");
    MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(15))
            .build();
    try {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(source).timeout(Duration.ofMinutes(5)).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        fail(source, "HTTP status " + response.statusCode());
      }
      try (InputStream in = new DigestInputStream(response.body(), sha512)) {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (java.io.IOException e) {
      fail(source, e.toString());
    }
    String found = HexFormat.of().formatHex(sha512.digest());
    if (!found.equals(args[2])) {
      Files.delete(part);
      fail(source, "its SHA-512 is " + found + ", expected " + args[2]);
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void fail(URI source, String why) {
    System.err.println("mvnw: " + source + ": " + why);
    System.exit(1);
  }
}
