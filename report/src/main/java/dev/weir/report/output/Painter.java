package dev.weir.report.output;

import ar.com.hjg.pngj.FilterType;
import ar.com.hjg.pngj.ImageInfo;
import ar.com.hjg.pngj.ImageLineByte;
import ar.com.hjg.pngj.PngWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Dimension2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import org.apache.batik.anim.dom.SAXSVGDocumentFactory;
import org.apache.batik.bridge.BridgeContext;
import org.apache.batik.bridge.GVTBuilder;
import org.apache.batik.bridge.UserAgentAdapter;
import org.apache.batik.gvt.GraphicsNode;
import org.jetbrains.letsPlot.awt.plot.PlotSvgExport;
import org.w3c.dom.Document;

/// Draws a plot's specification into a file.
///
/// Pixels are painted from the vectors in one pass into one image: Batik's own PNG transcoder works
/// through tiles and takes five times as long for the same picture.
public final class Painter {
  /// Pixels per unit, for screens and print that have them.
  private static final double SCALE = 1.5;

  /// Deflate's, from 1, quick, to 9, small.
  private static final int COMPRESSION = 3;

  /// The fonts that Lets-Plot asks for; the second is a logical one, which our file defines.
  private static final String FONTS_ASKED = "Lucida Grande, sans-serif";

  static {
    // Four sub-scanlines a pixel rather than eight: a line that goes up and down all the way takes
    // two
    // thirds of the time, and no eye sees it. Read when the first line is drawn.
    String fineness = "sun.java2d.renderer.subPixel_log2_Y";
    if (System.getProperty(fineness) == null) {
      System.setProperty(fineness, "2");
    }
    // Lets-Plot's logger looks for a provider that is not there, and complains on standard error.
    String verbosity = "slf4j.internal.verbosity";
    if (System.getProperty(verbosity) == null) {
      System.setProperty(verbosity, "ERROR");
    }
  }

  private Painter() {}

  /// Paints a Lets-Plot specification.
  ///
  /// @return `file`
  public static Path paint(Map<String, Object> spec, Format format, Path file) throws IOException {
    Fonts.register();
    String svg = document(spec);
    return switch (format) {
      case SVG -> Output.write(file, svg);
      case PNG -> Output.write(file, png(svg.replace(FONTS_ASKED, "'" + Fonts.FAMILY + "'")));
    };
  }

  /// Paints a Lets-Plot specification as an SVG element, to be part of a page.
  public static String svg(Map<String, Object> spec) {
    String document = document(spec);
    return document.substring(Math.max(0, document.indexOf("<svg")));
  }

  private static String document(Map<String, Object> spec) {
    return Xml.clean(PlotSvgExport.INSTANCE.buildSvgImageFromRawSpecs(spec, null, false));
  }

  private static byte[] png(String svg) throws IOException {
    Document document =
        new SAXSVGDocumentFactory(null).createSVGDocument("file:///chart", new StringReader(svg));
    var context = new BridgeContext(new UserAgentAdapter());
    try {
      GraphicsNode node = new GVTBuilder().build(context, document);
      return encoded(image(node, context.getDocumentSize()));
    } finally {
      context.dispose();
    }
  }

  private static BufferedImage image(GraphicsNode node, Dimension2D size) {
    var image =
        new BufferedImage(
            (int) Math.ceil(size.getWidth() * SCALE),
            (int) Math.ceil(size.getHeight() * SCALE),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SCALE, SCALE);
    node.paint(graphics);
    graphics.dispose();
    return image;
  }

  /// With a separate library: the JDK's encoder, which fetches every sample by itself, took half of
  /// the time of a chart.
  private static byte[] encoded(BufferedImage image) {
    var info = new ImageInfo(image.getWidth(), image.getHeight(), 8, false);
    var bytes = new ByteArrayOutputStream(1 << 17);
    var writer = new PngWriter(bytes, info);
    writer.setFilterType(FilterType.FILTER_NONE);
    writer.setCompLevel(COMPRESSION);
    var line = new ImageLineByte(info);
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    for (int y = 0; y < image.getHeight(); y++) {
      fill(line.getScanline(), pixels, y * image.getWidth(), image.getWidth());
      writer.writeRow(line);
    }
    writer.end();
    return bytes.toByteArray();
  }

  private static void fill(byte[] samples, int[] pixels, int from, int count) {
    for (int x = 0; x < count; x++) {
      int pixel = pixels[from + x];
      samples[3 * x] = (byte) (pixel >> 16);
      samples[3 * x + 1] = (byte) (pixel >> 8);
      samples[3 * x + 2] = (byte) pixel;
    }
  }
}
