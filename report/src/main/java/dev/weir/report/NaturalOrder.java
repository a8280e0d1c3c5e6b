package dev.weir.report;

import java.util.Comparator;

/// The order a reader expects of numbered names: "web.2" before "web.10".
final class NaturalOrder implements Comparator<String> {
  static final NaturalOrder NAMES = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String one, String other) {
    int i = 0;
    int j = 0;
    while (i < one.length() && j < other.length()) {
      int endOne = chunkEnd(one, i);
      int endOther = chunkEnd(other, j);
      int order = compareChunks(one.substring(i, endOne), other.substring(j, endOther));
      if (order != 0) {
        return order;
      }
      i = endOne;
      j = endOther;
    }
    int rest = Integer.compare(one.length() - i, other.length() - j);
    // "web.01" and "web.1" are equal as numbers, but different names.
    return rest != 0 ? rest : one.compareTo(other);
  }

  private static int compareChunks(String one, String other) {
    if (!digit(one.charAt(0)) || !digit(other.charAt(0))) {
      return one.compareTo(other);
    }
    String number = one.replaceFirst("^0+", "");
    String otherNumber = other.replaceFirst("^0+", "");
    int order = Integer.compare(number.length(), otherNumber.length());
    return order != 0 ? order : number.compareTo(otherNumber);
  }

  /// The end of a run of digits, or of other characters.
  private static int chunkEnd(String text, int from) {
    int end = from;
    while (end < text.length() && digit(text.charAt(end)) == digit(text.charAt(from))) {
      end++;
    }
    return end;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
