package dev.weir.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Dimension2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.batik.anim.dom.SAXSVGDocumentFactory;
import org.apache.batik.bridge.BridgeContext;
import org.apache.batik.bridge.GVTBuilder;
import org.apache.batik.bridge.UserAgentAdapter;
import org.apache.batik.gvt.GraphicsNode;
import org.jetbrains.letsPlot.awt.plot.PlotSvgExport;
import org.w3c.dom.Document;

/// Paints a plot's specification into a file.
///
/// Pixels are painted from the vectors in one pass into one image: Batik's own PNG transcoder works
/// through tiles and takes five times as long for the same picture.
final class Painter {
  /// Pixels per unit, for screens and print that have them.
  private static final int SCALE = 2;

  /// From 1, quick, to 0, small. PNG loses nothing at any of them.
  private static final float COMPRESSION = 0.7f;

  /// The fonts Lets-Plot asks for, of which the second is a logical one: ours says what it is.
  private static final String FONTS_ASKED = "Lucida Grande, sans-serif";

  private Painter() {}

  static Path paint(Map<String, Object> spec, Format format, Path file) throws IOException {
    Fonts.register();
    String svg = PlotSvgExport.INSTANCE.buildSvgImageFromRawSpecs(spec, null, false);
    return switch (format) {
      case SVG -> Files.writeString(file, svg);
      case PNG -> Files.write(file, png(svg.replace(FONTS_ASKED, "'" + Fonts.FAMILY + "'")));
    };
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

  private static byte[] encoded(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    // In memory: the default keeps a cache file per image in the folder for temporary files.
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam fast = writer.getDefaultWriteParam();
    fast.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    fast.setCompressionQuality(COMPRESSION);
    try (var stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), fast);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
