package dev.weir.base;

import java.util.Map;
import java.util.Set;

/// The environment of processes that Weir starts. Ours may hold addresses with passwords, so a
/// child process gets only what every program needs.
public final class CleanEnvironment {
  private static final Set<String> KEPT =
      Set.of("PATH", "JAVA_HOME", "HOME", "LANG", "TZ", "TMPDIR", "SystemRoot");

  private static final String LOCALE = "LC_";

  /// What a program with a window needs to find the desktop.
  private static final Set<String> DESKTOP =
      Set.of(
          "DISPLAY",
          "WAYLAND_DISPLAY",
          "XAUTHORITY",
          "XDG_RUNTIME_DIR",
          "XDG_CURRENT_DESKTOP",
          "XDG_DATA_DIRS",
          "DBUS_SESSION_BUS_ADDRESS",
          "BROWSER");

  private CleanEnvironment() {}

  /// Removes everything else from an environment.
  public static void clean(Map<String, String> environment) {
    environment.keySet().removeIf(name -> !isKept(name));
  }

  /// The same for a program that opens a window.
  public static void cleanForDesktop(Map<String, String> environment) {
    environment.keySet().removeIf(name -> !isKept(name) && !DESKTOP.contains(name));
  }

  private static boolean isKept(String name) {
    return KEPT.contains(name) || name.startsWith(LOCALE);
  }
}
