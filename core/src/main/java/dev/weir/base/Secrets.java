package dev.weir.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text that may hold secrets, in a form that is safe to keep and show.
///
/// Values are hidden by default, because nothing marks a secret. In an address, user information,
/// all values of the query and of path parameters, and the fragment become `***`; in a header, its
/// value.
public final class Secrets {
  /// The text in place of a hidden value.
  public static final String HIDDEN = "***";

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");
  private static final String HOST = "(?:\\[[^\\[\\]]*]|[^\\[\\]:,]*)(?::[0-9]*)?";
  private static final Pattern HOSTS = Pattern.compile(HOST + "(?:," + HOST + ")*");
  private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern AUTHORITY_END = Pattern.compile("[/?#]");
  private static final Pattern PARAMETER = Pattern.compile(";([^;/=]*=)?[^;/]*");

  private Secrets() {}

  /// An address without its secrets: `https://***@host/path?name=***`. Of a malformed address it
  /// hides more.
  public static String address(String text) {
    Matcher scheme = SCHEME.matcher(text);
    String start = scheme.lookingAt() ? scheme.group() : "";
    String rest = withoutUser(text.substring(start.length()));
    int fragment = rest.indexOf('#');
    String tail = fragment < 0 ? "" : "#" + HIDDEN;
    String main = fragment < 0 ? rest : rest.substring(0, fragment);
    int query = main.indexOf('?');
    String path = query < 0 ? main : main.substring(0, query);
    String asked = query < 0 ? "" : "?" + values(main.substring(query + 1));
    return start + parameters(path) + asked + tail;
  }

  /// A header line: `Name: ***`.
  public static String header(String line) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon).strip();
    return FIELD_NAME.matcher(name).matches() ? name + ": " + HIDDEN : HIDDEN;
  }

  /// A password may hold any character, so user information may end later than in the standard.
  private static String withoutUser(String rest) {
    Matcher end = AUTHORITY_END.matcher(rest);
    String authority = end.find() ? rest.substring(0, end.start()) : rest;
    int at = authority.lastIndexOf('@');
    boolean isHost = at >= 0 || HOSTS.matcher(authority).matches();
    at = isHost ? at : rest.lastIndexOf('@');
    if (at <= 0) { // nothing before it, as in @FILE
      return isHost ? rest : HIDDEN + rest.substring(authority.length());
    }
    return HIDDEN + rest.substring(at);
  }

  private static String values(String query) {
    var hidden = new StringBuilder();
    for (String part : query.split("(?<=[&;])|(?=[&;])", -1)) {
      boolean separator = part.equals("&") || part.equals(";") || part.isEmpty();
      int equals = part.indexOf('=');
      hidden.append(separator ? part : part.substring(0, equals + 1) + HIDDEN);
    }
    return hidden.toString();
  }

  private static String parameters(String path) {
    return PARAMETER
        .matcher(path)
        .replaceAll(found ->
            ";"
                + (found.group(1) == null ? "" : Matcher.quoteReplacement(found.group(1)))
                + HIDDEN);
  }
}
