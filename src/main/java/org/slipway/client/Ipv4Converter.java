package org.slipway.client;

import java.net.Inet4Address;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an IPv4 address, four numbers; a name is not looked up. */
final class Ipv4Converter implements ITypeConverter<Inet4Address> {
  @Override
  public Inet4Address convert(String text) {
    try {
      return Inet4Address.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          Text.of("\"%s\" is no IPv4 address; write it like 127.1.0.1.", Printable.of(text)));
    }
  }
}
