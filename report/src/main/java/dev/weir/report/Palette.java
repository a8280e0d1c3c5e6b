package dev.weir.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Colours by name: the same names always get the same colours, in any order.
///
/// The seven colours of Paul Tol's "bright" scheme are distinct for colour-blind readers, on white
/// and on black. Further names use them again, darker, then lighter, and charts dash those lines.
final class Palette {
  private static final List<Integer> BRIGHT =
      List.of(0x4477AA, 0xEE6677, 0x228833, 0xCCBB44, 0x66CCEE, 0xAA3377, 0x999999);
  private static final List<Double> SHADES = List.of(0.0, -0.35, 0.4);

  private Palette() {}

  /// A colour such as "#4477aa" for each name.
  static Map<String, String> of(Collection<String> names) {
    var colours = new TreeMap<String, String>(NaturalOrder.NAMES);
    int index = 0;
    for (String name : names.stream().distinct().sorted(NaturalOrder.NAMES).toList()) {
      colours.put(name, colour(index++));
    }
    return colours;
  }

  private static String colour(int index) {
    int base = BRIGHT.get(index % BRIGHT.size());
    double shade = SHADES.get(index / BRIGHT.size() % SHADES.size());
    return "#%02x%02x%02x"
        .formatted(
            shaded(base >> 16 & 0xff, shade),
            shaded(base >> 8 & 0xff, shade),
            shaded(base & 0xff, shade));
  }

  private static int shaded(int channel, double shade) {
    double target = shade < 0 ? 0 : 255;
    return (int) Math.round(channel + (target - channel) * Math.abs(shade));
  }
}
