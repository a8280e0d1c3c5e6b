package dev.weir.cli.option;

import dev.weir.scale.Promise;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a promise of latency, as in `p99<300ms`.
public final class PromiseConverter implements ITypeConverter<Promise> {
  @Override
  public Promise convert(String text) {
    try {
      return Promise.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "%s (expected: %s)".formatted(text.isBlank() ? "nothing" : text, Promise.EXPECTED));
    }
  }
}
