package dev.weir.balance;

import dev.weir.base.Checks;

/// How many requests a replica may have in flight, as given in a flag or a label.
public sealed interface LimitSpec {
  /// Learned: open until the replica shows that more requests only wait inside it.
  LimitSpec AUTO = new Auto();

  /// None: each request goes on arrival to the replica with the least load.
  LimitSpec OFF = new Off();

  /// What users may type.
  String EXPECTED = "auto, off, or how many requests a replica may work on, 1 to 100000";

  /// As users type it.
  String label();

  /// The limit that `text` names.
  ///
  /// @param setting the option or label before the text, for messages
  /// @throws IllegalArgumentException naming the setting, the value and what was expected
  static LimitSpec parse(String setting, String text) {
    String value = text.strip();
    if (value.equals(AUTO.label())) {
      return AUTO;
    }
    if (value.equals(OFF.label())) {
      return OFF;
    }
    int slots = value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : 0;
    Checks.check(slots >= 1 && slots <= Fixed.MAX, setting, text, EXPECTED);
    return new Fixed(slots);
  }

  /// Learned.
  record Auto() implements LimitSpec {
    @Override
    public String label() {
      return "auto";
    }
  }

  /// None.
  record Off() implements LimitSpec {
    @Override
    public String label() {
      return "off";
    }
  }

  /// Set by hand.
  ///
  /// @param slots how many: 1 to 100,000
  record Fixed(int slots) implements LimitSpec {
    static final int MAX = 100_000;

    public Fixed {
      Checks.check(slots >= 1 && slots <= MAX, "limit", slots, EXPECTED);
    }

    @Override
    public String label() {
      return Integer.toString(slots);
    }
  }
}
