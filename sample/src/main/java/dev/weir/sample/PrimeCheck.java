package dev.weir.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;

/// The process: reads its settings and serves. On SIGTERM it drains and exits with 0, or exits at
/// once if the settings say so.
public final class PrimeCheck {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  /// The exit code that a shell reports after SIGTERM.
  private static final int TERMINATED = 143;

  /// The root of all loggers, referenced so that its level is not lost with it.
  private static final Logger LOGGERS = Logger.getLogger("");

  private PrimeCheck() {}

  /// Runs until a signal stops it.
  public static void main(String[] args) throws InterruptedException {
    var given = new ArrayList<>(List.of(args));
    if (given.contains("--help")) {
      System.out.print(SettingsReader.USAGE);
      return;
    }
    boolean untilStdinCloses = given.remove("--until-stdin-closes");
    Settings settings;
    try {
      settings = SettingsReader.read(given, System.getenv()).calibrated();
    } catch (IllegalArgumentException e) {
      System.err.println("primecheck: " + e.getMessage());
      System.exit(USAGE);
      return;
    }
    Server server = start(settings);
    if (server == null) {
      System.exit(FAILED);
      return;
    }
    Runnable atEnd =
        settings.exitOnTerm() ? () -> Runtime.getRuntime().halt(TERMINATED) : () -> drain(server);
    Runtime.getRuntime().addShutdownHook(new Thread(atEnd, "end"));
    String shown = settings.address().equals("0.0.0.0") ? "127.0.0.1" : settings.address();
    System.out.println(
        "primecheck listening on %s:%d (%.0f divisions per ms)"
            .formatted(shown, server.port(), settings.divisionsPerMilli()));
    System.out.flush();
    if (untilStdinCloses) {
      awaitEndOfInput();
      System.exit(0);
    }
    new CountDownLatch(1).await(); // Tomcat's own threads do not keep the process alive
  }

  /// The parent holds the other end of the pipe. When it is gone, this process ends too.
  private static void awaitEndOfInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("primecheck: standard input: " + e);
    }
  }

  private static @Nullable Server start(Settings settings) {
    LOGGERS.setLevel(Level.OFF); // an error at the start is reported below, in one line
    try {
      return Server.start(settings);
    } catch (IOException e) {
      System.err.println(
          "primecheck: --ledger: %s (expected: a file that can be written; %s)"
              .formatted(settings.ledger(), e));
    } catch (LifecycleException e) {
      System.err.println("primecheck: " + whyNotStarted(settings, e));
    } finally {
      LOGGERS.setLevel(Level.WARNING);
    }
    return null;
  }

  private static String whyNotStarted(Settings settings, Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof BindException) {
        return "--port: %d cannot be opened on %s: %s (expected: a free port; 0 takes any)"
            .formatted(settings.port(), settings.address(), at.getMessage());
      }
    }
    return "cannot start: " + failure;
  }

  /// Ends the process. Without `halt` the exit code would be the signal's (143).
  private static void drain(Server server) {
    int code = 0;
    try {
      int cutOff = server.stop();
      if (cutOff > 0) {
        System.err.println(
            "primecheck: %d requests cut off after the time of --grace".formatted(cutOff));
        code = FAILED;
      }
    } catch (IOException | LifecycleException | InterruptedException e) {
      System.err.println("primecheck: stopped with " + e);
      code = FAILED;
    }
    Runtime.getRuntime().halt(code);
  }
}
