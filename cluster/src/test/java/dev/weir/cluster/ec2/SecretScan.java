package dev.weir.cluster.ec2;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Looks for join tokens, private keys and AWS secrets in a text: as they are, and in what is
/// encoded for URLs or as base64.
final class SecretScan {
  private static final Pattern SECRET =
      Pattern.compile(
          "SWMTKN-1-[0-9a-z]{20,}-[0-9a-z]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----|"
              + Ec2Lab.SECRET);
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{24,}={0,2}");

  private SecretScan() {}

  /// What it finds.
  static List<String> of(String text) {
    var found = new ArrayList<String>();
    plain(text, found);
    String decoded =
        URLDecoder.decode(text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), StandardCharsets.UTF_8);
    plain(decoded, found);
    BASE64.matcher(decoded).results().forEach(word -> plain(unpacked(word.group()), found));
    return found;
  }

  private static void plain(String text, List<String> found) {
    SECRET.matcher(text).results().forEach(hit -> found.add(hit.group()));
  }

  private static String unpacked(String word) {
    try {
      return new String(Base64.getMimeDecoder().decode(word), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
