package dev.weir.console.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/// A file of the page, ready to be sent.
final class StaticFile {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "txt", "text/plain; charset=utf-8");
  private static final Set<String> PACKED = Set.of("png", "ico");
  private static final int TAG_BYTES = 12;

  private final String type;
  private final byte[] plain;
  private final Optional<byte[]> gzip;
  private final String tag;

  StaticFile(String name, byte[] bytes) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    type = TYPES.getOrDefault(ending, "application/octet-stream");
    plain = bytes;
    gzip = PACKED.contains(ending) ? Optional.empty() : smaller(bytes);
    tag = HexFormat.of().formatHex(Sessions.sha256(bytes), 0, TAG_BYTES);
  }

  private static Optional<byte[]> smaller(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var packing = new GZIPOutputStream(out)) {
      packing.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
    return out.size() < bytes.length ? Optional.of(out.toByteArray()) : Optional.empty();
  }

  /// The file, or 304 if the browser has it already.
  Reply reply(int status, Request request) {
    boolean packs = gzip.isPresent() && acceptsGzip(request.header("Accept-Encoding"));
    String etag = '"' + tag + (packs ? "-gz" : "") + '"';
    boolean isKnown = status == 200 && request.header("If-None-Match").contains(etag);
    byte[] body = isKnown ? new byte[0] : packs ? gzip.orElseThrow() : plain;
    Reply reply = new Reply(isKnown ? 304 : status, type, body).with("Vary", "Accept-Encoding");
    if (status == 200) {
      reply.with("ETag", etag).with("Cache-Control", "private, no-cache");
    }
    return packs && !isKnown ? reply.with("Content-Encoding", "gzip") : reply;
  }

  private static boolean acceptsGzip(String codings) {
    for (String coding : codings.toLowerCase(Locale.ROOT).split(",", -1)) {
      String plain = coding.replace(" ", "");
      if (plain.equals("gzip")
          || (plain.startsWith("gzip;q=") && !plain.matches("gzip;q=0(\\.0*)?"))) {
        return true;
      }
    }
    return false;
  }
}
