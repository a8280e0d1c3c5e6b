package dev.weir.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of the page. Their list is fixed at the start, so that a path of a request is never a
/// path of a file.
interface StaticFiles {
  /// A file by its path, such as `/main.js`.
  Optional<StaticFile> find(String path);

  /// Whether the login needs the file, so that everyone may have it.
  static boolean isOfLogin(String path) {
    return path.startsWith("/login.") || path.equals("/base.css") || path.startsWith("/icons/");
  }

  /// Those that are shipped.
  ///
  /// @throws IllegalStateException if they cannot be read
  static StaticFiles shipped() {
    String folder = "dev/weir/console/page/";
    ClassLoader loader = StaticFiles.class.getClassLoader();
    URL index = loader.getResource(folder + "index.html");
    if (index == null) {
      throw new IllegalStateException("the page is not in this build");
    }
    try {
      Map<String, byte[]> found =
          index.openConnection() instanceof JarURLConnection jar
              ? ofJar(jar, folder)
              : ofFolder(Path.of(new URI(index.toString())).resolveSibling(""));
      found.put("uplot/uPlot.iife.min.js", charts(loader));
      var files = new LinkedHashMap<String, StaticFile>();
      found.forEach((name, bytes) -> files.put("/" + name, new StaticFile(name, bytes)));
      return path -> Optional.ofNullable(files.get(path));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the page cannot be read", e);
    }
  }

  /// The library that draws charts, from its own jar.
  private static byte[] charts(ClassLoader loader) throws IOException {
    String file = "META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.iife.min.js";
    try (InputStream in = loader.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(file + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  private static Map<String, byte[]> ofJar(JarURLConnection connection, String folder)
      throws IOException {
    var found = new LinkedHashMap<String, byte[]>();
    connection.setUseCaches(false);
    try (var jar = connection.getJarFile()) {
      for (var entry : jar.stream().toList()) {
        if (entry.getName().startsWith(folder) && !entry.isDirectory()) {
          try (InputStream in = jar.getInputStream(entry)) {
            found.put(entry.getName().substring(folder.length()), in.readAllBytes());
          }
        }
      }
    }
    return found;
  }

  /// All files of a folder by their names in it.
  static Map<String, byte[]> ofFolder(Path folder) throws IOException {
    var found = new LinkedHashMap<String, byte[]>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        found.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return found;
  }
}
