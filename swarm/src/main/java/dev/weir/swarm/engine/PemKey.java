package dev.weir.swarm.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A private key in PEM. Java reads PKCS #8 alone, and what `openssl genrsa` wrote for years, and
/// docker's own guide with it, is PKCS #1; so that is wrapped, and SEC 1 of elliptic curves too.
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (RSA |EC |ENCRYPTED |)PRIVATE KEY-----([^-]+)-----END", Pattern.DOTALL);

  /// `INTEGER 0`, then the algorithm rsaEncryption with its NULL.
  private static final byte[] RSA_HEAD =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final byte[] VERSION = HexFormat.of().parseHex("020100");
  private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");

  private static final int PEM_BYTES_MAX = 1 << 20;

  private PemKey() {}

  /// A file of PEM, which is small.
  static byte[] bytes(Path file) throws IOException {
    return bytes(file, PEM_BYTES_MAX);
  }

  /// A file of docker's of which no more is read than it may hold.
  static byte[] bytes(Path file, int max) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is no file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(max + 1);
      if (bytes.length > max) {
        throw new IOException("%s is larger than %d MiB".formatted(file, max >> 20));
      }
      return bytes;
    }
  }

  static PrivateKey read(Path file) throws IOException, GeneralSecurityException {
    Matcher block = BLOCK.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
    if (!block.find()) {
      throw new IOException(file + " holds no private key");
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    byte[] pkcs8 =
        switch (block.group(1)) {
          case "RSA " -> sequence(concat(RSA_HEAD, element(0x04, der)));
          case "EC " -> elliptic(der);
          case "ENCRYPTED " ->
              throw new IOException(file + " is encrypted; docker takes keys without a password");
          default -> der;
        };
    GeneralSecurityException last = new GeneralSecurityException("no key");
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw last;
  }

  /// The curve stands in the key itself, tagged `[0]`.
  private static byte[] elliptic(byte[] sec1) throws IOException {
    for (int at = 0; at + 3 < sec1.length; at++) {
      boolean tagged = (sec1[at] & 0xff) == 0xa0 && sec1[at + 2] == 0x06;
      if (tagged && at + 2 + sec1[at + 1] <= sec1.length) {
        byte[] curve = java.util.Arrays.copyOfRange(sec1, at + 2, at + 2 + sec1[at + 1]);
        byte[] algorithm = sequence(concat(EC_OID, curve));
        return sequence(concat(concat(VERSION, algorithm), element(0x04, sec1)));
      }
    }
    throw new IOException("a key of an elliptic curve that does not say which");
  }

  private static byte[] sequence(byte[] content) {
    return element(0x30, content);
  }

  private static byte[] element(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 128) {
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
