package dev.weir.console.web;

import dev.weir.console.action.ActionException;
import dev.weir.console.action.ConsoleActions;
import dev.weir.console.action.Who;
import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import dev.weir.console.wire.HistorySettings;
import dev.weir.console.wire.Hub;
import dev.weir.console.wire.PictureHistory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Servers on free loopback ports, for tests.
final class Consoles {
  static final String TOKEN = "correct-horse-battery-staple";

  private Consoles() {}

  static Hub hub() {
    return new Hub(
        7,
        new PictureHistory(
            new HistorySettings(Duration.ofHours(1), Duration.ofSeconds(15), 4 << 20)));
  }

  /// A small page, so that these tests do not depend on the real one.
  static StaticFiles files() {
    Map<String, StaticFile> files =
        Map.of(
            "/index.html", file("index.html", "<!doctype html><title>page</title>"),
            "/login.html", file("login.html", "<!doctype html><form>log in</form>"),
            "/base.css", file("base.css", "body { margin: 0; }"),
            "/main.js", file("main.js", "export const x = 'x';\n".repeat(200)));
    return path -> Optional.ofNullable(files.get(path));
  }

  private static StaticFile file(String name, String text) {
    return new StaticFile(name, text.getBytes(StandardCharsets.UTF_8));
  }

  static ConsoleServer start(ConsoleSettings settings, Hub hub, ConsoleActions actions) {
    return start(settings, hub, actions, Limits.usual());
  }

  static ConsoleServer start(
      ConsoleSettings settings, Hub hub, ConsoleActions actions, Limits limits) {
    var means = new Means(files(), limits, System::nanoTime);
    return ConsoleServer.start(settings, hub, actions, means);
  }

  /// One that needs [#TOKEN].
  static ConsoleServer withToken(Path folder, Hub hub, boolean write) throws IOException {
    ConsoleSettings settings =
        ConsoleSettings.loopback(0).withTokenFile(tokenFile(folder, TOKEN)).withWrite(write);
    return start(settings, hub, new Answers());
  }

  static Path tokenFile(Path folder, String text) throws IOException {
    Path file = folder.resolve("token");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text + "\n");
  }

  /// Logs in.
  ///
  /// @return the field with the cookie
  static String login(InetSocketAddress server) throws IOException {
    return RawClient.post(server, "/login", "token=" + TOKEN).cookie();
  }

  static Picture picture(long millis, String key, String json) {
    return Picture.of(millis, List.of(new Entity(key, json)));
  }

  /// Answers with what it was asked.
  static class Answers implements ConsoleActions {
    @Override
    public String series(String serviceId) {
      return "{\"series\":\"" + serviceId + "\"}";
    }

    @Override
    public String curve(String serviceId) throws ActionException {
      throw new ActionException(404, "service " + serviceId + " is unknown");
    }

    @Override
    public String logs(String taskId, int lines) {
      return "{\"lines\":" + lines + "}";
    }

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public String scale(String serviceId, int replicas, Who who) {
      return "{\"scaled\":" + replicas + ",\"who\":\"" + who + "\"}";
    }

    @Override
    public String roll(String serviceId, Who who) {
      return "{}";
    }

    @Override
    public String pause(String serviceId, String reason, Who who) {
      return "{}";
    }

    @Override
    public String resume(String serviceId, Who who) {
      return "{}";
    }
  }
}
