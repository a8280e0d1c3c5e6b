package dev.weir.swarm.stack.convert;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of an image: `[REGISTRY/]PATH[:TAG][@DIGEST]`.
///
/// @param name as shown, without the default `docker.io/library/`
public record ImageName(String name, @Nullable String tag, @Nullable String digest) {
  private static final String WORD = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  private static final String HOST_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
  private static final String HOST =
      "(?:" + HOST_PART + "(?:\\." + HOST_PART + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?";
  private static final Pattern REFERENCE =
      Pattern.compile(
          ("(%s)/(%s(?:/%s)*)(?::([\\w][\\w.-]{0,127}))?"
                  + "(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?")
              .formatted(HOST, WORD, WORD));
  private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");
  private static final Pattern DIGEST =
      Pattern.compile("sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}");
  private static final int PATH_MAX = 255;

  /// More than host, path, tag and digest can have together.
  private static final int LETTERS_MAX = 1000;

  /// Reads a name, or explains what is wrong with it.
  ///
  /// @throws IllegalArgumentException if it is not an image name
  static ImageName parse(String text) {
    if (text.length() > LETTERS_MAX || IDENTIFIER.matcher(text).matches()) {
      throw refusal(text);
    }
    int slash = text.indexOf('/');
    String first = slash < 0 ? "" : text.substring(0, slash);
    boolean host =
        first.equals("localhost")
            || first.contains(".")
            || first.contains(":")
            || !first.toLowerCase(Locale.ROOT).equals(first);
    String registry = host && !first.equals("index.docker.io") ? first : "docker.io";
    String rest = host ? text.substring(slash + 1) : text;
    boolean hub = registry.equals("docker.io");
    if (hub && rest.indexOf('/') < 0) {
      rest = "library/" + rest;
    }
    Matcher matcher = REFERENCE.matcher(registry + "/" + rest);
    if (!matcher.matches() || matcher.group(2).length() > PATH_MAX) {
      throw refusal(text);
    }
    String digest = matcher.group(4);
    if (digest != null && !DIGEST.matcher(digest).matches()) {
      throw refusal(text);
    }
    return new ImageName(shown(hub, matcher), matcher.group(3), digest);
  }

  private static String shown(boolean hub, Matcher matcher) {
    String path = matcher.group(2);
    if (!hub) {
      return matcher.group(1) + "/" + path;
    }
    boolean official = path.startsWith("library/") && path.indexOf('/', 8) < 0;
    return official ? path.substring(8) : path;
  }

  /// Whether a service may use this image: a name, an ID or a digest.
  static boolean isValid(String text) {
    if (IDENTIFIER.matcher(text).matches() || DIGEST.matcher(text).matches()) {
      return true;
    }
    try {
      parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// The form to send: short, with the tag `latest` if it has neither tag nor digest. Other texts,
  /// such as an ID, are sent unchanged.
  public static String tagged(String text) {
    try {
      ImageName image = parse(text);
      return image.tag == null && image.digest == null ? image.name + ":latest" : image.toString();
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /// The name with this digest, unless it already has one.
  public static String pinned(String text, String digest) {
    try {
      ImageName image = parse(text);
      return image.digest == null ? image + "@" + digest : text;
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  @Override
  public String toString() {
    return name + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
  }

  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        "`%s` is no image name (expected: such as nginx:1.29 or registry.example/app:2)"
            .formatted(text));
  }
}
