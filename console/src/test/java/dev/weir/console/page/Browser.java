package dev.weir.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.testing.RealTime;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/// Chromium without a window. One serves all tests of this process; each test opens its page anew.
final class Browser {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(40);
  private static @Nullable Browser shared;

  /// Notes what the page must never do: break the policy, fail, or run what came as text.
  private static final String WATCH =
      """
      window.seen = [];
      addEventListener('securitypolicyviolation', e => seen.push(`policy ${e.violatedDirective}`));
      addEventListener('error', e => seen.push(`error ${e.message}`));
      addEventListener('unhandledrejection', e => seen.push(`rejected ${e.reason}`));
      window.durations = [];
      new PerformanceObserver(list => list.getEntries().forEach(e => durations.push(e.duration)))
        .observe({type: 'measure'});
      """;

  private final ChromeDriver driver;

  private Browser(Path chromium, Path driverFile) {
    var options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--enable-precise-memory-info",
        "--js-flags=--expose-gc");
    var service =
        new ChromeDriverService.Builder().usingDriverExecutable(driverFile.toFile()).build();
    driver = new ChromeDriver(service, options);
    cdp("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
    Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
  }

  /// The browser; skips the test if this machine has none.
  static synchronized Browser shared() {
    Optional<Path> chromium = found("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = found("chromedriver");
    assumeTrue(
        chromium.isPresent() && driver.isPresent(),
        "no browser: put chromium and chromedriver on the PATH and run"
            + " 'mvn -pl console -am verify' to look at the page");
    Browser now = shared;
    if (now == null) {
      now = new Browser(chromium.orElseThrow(), driver.orElseThrow());
      shared = now;
    }
    now.size(1440, 900).dark(false).scripts(true);
    now.driver.manage().deleteAllCookies();
    return now;
  }

  private static Optional<Path> found(String... names) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(names)
        .flatMap(
            name -> Arrays.stream(path.split(File.pathSeparator, -1)).map(in -> Path.of(in, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Opens a page and waits for its first picture.
  Browser open(String url) {
    visit(url);
    until(() -> exists("body[data-ready]"));
    return this;
  }

  /// Opens an address, whatever is there.
  Browser visit(String url) {
    driver.get("about:blank");
    driver.get(url);
    return this;
  }

  Browser size(int width, int height) {
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  Browser dark(boolean dark) {
    var scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    var motion = Map.of("name", "prefers-reduced-motion", "value", "reduce");
    cdp("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme, motion)));
    return this;
  }

  Browser scripts(boolean run) {
    cdp("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
    return this;
  }

  private void cdp(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  /// The result of a script, which `return`s it.
  @Nullable Object js(String script, @Nullable Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /// The result of a script that calls its last argument with it.
  @Nullable Object later(String script, @Nullable Object... arguments) {
    driver.manage().timeouts().scriptTimeout(LIMIT);
    return driver.executeAsyncScript(script, arguments);
  }

  double number(String script) {
    return js("return " + script) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  boolean exists(String css) {
    return Boolean.TRUE.equals(js("return document.querySelector(arguments[0]) !== null", css));
  }

  int count(String css) {
    return (int) number("document.querySelectorAll(`" + css + "`).length");
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  /// The visible text of the first that matches.
  String text(String css) {
    try {
      return find(css).getText();
    } catch (StaleElementReferenceException _) {
      return find(css).getText();
    }
  }

  /// The visible texts of all that match.
  List<String> texts(String css) {
    return driver.findElements(By.cssSelector(css)).stream().map(WebElement::getText).toList();
  }

  String attribute(String css, String name) {
    return String.valueOf(find(css).getDomAttribute(name));
  }

  Browser click(String css) {
    find(css).click();
    return this;
  }

  /// Types into what has the focus.
  Browser type(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
    return this;
  }

  /// Presses one key wherever the focus is.
  Browser press(Keys key) {
    return key == Keys.ESCAPE ? escape() : type(key);
  }

  /// WebDriver's own Escape waits up to a minute after it has closed a dialog or a popover.
  private Browser escape() {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      cdp(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", "Escape", "code", "Escape", "windowsVirtualKeyCode", 27));
    }
    return this;
  }

  /// What has the focus, as `tag#id.class`.
  String focus() {
    return String.valueOf(
        js("const a = document.activeElement; return `${a.localName}#${a.id}.${a.className}`"));
  }

  /// Waits until something is so.
  Browser until(BooleanSupplier so) {
    long endNanos = System.nanoTime() + LIMIT.toNanos();
    while (!holds(so)) {
      assertThat(System.nanoTime())
          .as("not within %s: %s", LIMIT, driver.getCurrentUrl())
          .isLessThan(endNanos);
      RealTime.pass(STEP);
    }
    return this;
  }

  private static boolean holds(BooleanSupplier so) {
    try {
      return so.getAsBoolean();
    } catch (StaleElementReferenceException | org.openqa.selenium.NoSuchElementException _) {
      return false;
    }
  }

  /// Waits until the first that matches shows this text.
  Browser untilText(String css, String part) {
    return until(() -> text(css).contains(part));
  }

  String url() {
    return String.valueOf(driver.getCurrentUrl());
  }

  /// What the page did that it must not do.
  List<?> complaints() {
    return js("return window.seen") instanceof List<?> list
        ? list
        : List.of("the page did not start");
  }

  /// A picture of the page, for people.
  void photograph(Path file) {
    try {
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
