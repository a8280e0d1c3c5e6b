package dev.weir.report.output;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes text drawable on machines without fonts, and equal on all others.
///
/// On Linux the JDK asks fontconfig for its logical fonts and fails with "Fontconfig head is null"
/// if there is none, as in slim images. Before that it reads a file named by `sun.awt.fontconfig`:
/// ours maps every logical font to the DejaVu Sans that we ship. The property must be set before
/// the first font is used; an existing value is kept.
final class Fonts {
  /// The family that charts are drawn with.
  static final String FAMILY = "DejaVu Sans";

  private static final String PROPERTY = "sun.awt.fontconfig";
  private static final String RESOURCE = "DejaVuSans.ttf";
  private static boolean registered;

  private Fonts() {}

  static synchronized void register() throws IOException {
    if (registered) {
      return;
    }
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    // Deletion on exit runs in the reverse order of these calls: the files, then their folder.
    Path folder = Files.createTempDirectory("weir-fonts");
    folder.toFile().deleteOnExit();
    Path file = folder.resolve(RESOURCE);
    try (InputStream in = Fonts.class.getResourceAsStream(RESOURCE)) {
      Files.copy(Objects.requireNonNull(in, "the font is missing from the jar"), file);
    }
    file.toFile().deleteOnExit();
    @Nullable String set = System.getProperty(PROPERTY);
    if (set == null) {
      Path config = folder.resolve("fontconfig.properties");
      Files.writeString(config, config(file), StandardCharsets.ISO_8859_1);
      System.setProperty(PROPERTY, config.toString());
      config.toFile().deleteOnExit();
    }
    registerFont(file);
    registered = true;
  }

  private static void registerFont(Path file) throws IOException {
    try {
      Font font = Font.createFont(Font.TRUETYPE_FONT, file.toFile());
      GraphicsEnvironment.getLocalGraphicsEnvironment().registerFont(font);
    } catch (FontFormatException e) {
      throw new IOException("the shipped font is broken: " + e.getMessage(), e);
    }
  }

  /// The JDK's format: every logical font in every style is one file.
  private static String config(Path file) {
    var text = new StringBuilder("version=1\n");
    for (String logical :
        new String[] {"serif", "sansserif", "monospaced", "dialog", "dialoginput"}) {
      for (String style : new String[] {"plain", "bold", "italic", "bolditalic"}) {
        text.append("%s.%s.latin-1=weir\n".formatted(logical, style));
      }
    }
    return text.append("sequence.allfonts=latin-1\n")
        .append("filename.weir=%s\n".formatted(file.toString().replace("\\", "\\\\")))
        .toString();
  }
}
