package org.slipway.client;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port number. */
class PortConverter implements ITypeConverter<Integer> {
  static final int LARGEST = 65_535;

  private final int least;

  PortConverter() {
    this(1);
  }

  private PortConverter(int least) {
    this.least = least;
  }

  /** For a port of our own, where 0 lets the system choose one. */
  static final class OrAny extends PortConverter {
    OrAny() {
      super(0);
    }
  }

  @Override
  public Integer convert(String text) {
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
    if (port < least || port > LARGEST) {
      throw new TypeConversionException(
          Text.of("\"%s\" is no port; allowed is %d to %d.", Printable.of(text), least, LARGEST));
    }
    return port;
  }
}
