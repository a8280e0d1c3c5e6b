package dev.weir.report.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Parts of the page that are files on the class path.
public final class Resource {
  private static final String CHARTING =
      "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

  private Resource() {}

  /// The charting library's common build: lines, bars and scatter plots.
  public static String charting() throws IOException {
    return text(CHARTING);
  }

  /// A file of this package, or an absolute name.
  public static String text(String name) throws IOException {
    try (InputStream in = Resource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("missing from the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
