package dev.weir.proxy.admission;

/// The page that browsers get while a service starts: it reloads itself until a replica responds.
public final class WaitingPage {
  /// How often it reloads itself.
  public static final int RELOAD_SECONDS = 3;

  private WaitingPage() {}

  /// The page of a service.
  ///
  /// @param service its name; empty for the only one
  public static String of(String service) {
    String name = service.isEmpty() ? "The service" : service;
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta http-equiv="refresh" content="%2$d">
    <title>%1$s is starting</title>
    <style>
    :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
    body { margin: 0; min-height: 100vh; display: grid; place-items: center }
    main { padding: 2rem; max-width: 34rem }
    h1 { font-size: 1.5rem }
    </style>
    </head>
    <body>
    <main>
    <h1>%1$s is starting</h1>
    <p role="status">It runs only while somebody uses it. This page reloads every %2$d seconds
    until it is ready.</p>
    <p><a href="">Reload now</a></p>
    </main>
    </body>
    </html>
    """
        .formatted(escaped(name), RELOAD_SECONDS);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
