package org.slipway.client;

import java.util.HexFormat;
import java.util.Locale;
import org.slipway.bootp.wire.ClientHardware;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an Ethernet address in any usual spelling: colons, hyphens, dots, or none. */
final class MacAddressConverter implements ITypeConverter<ClientHardware> {
  @Override
  public ClientHardware convert(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    boolean usual =
        lower.matches("[0-9a-f]{2}([:-]?[0-9a-f]{2}){5}")
            || lower.matches("[0-9a-f]{4}([.:-][0-9a-f]{4}){2}");
    if (!usual) {
      throw new TypeConversionException(
          Text.of(
              "\"%s\" is no Ethernet address; write it like 52:54:00:12:34:56.",
              Printable.of(text)));
    }
    return ClientHardware.ethernet(HexFormat.of().parseHex(lower.replaceAll("[^0-9a-f]", "")));
  }

  static String spelt(ClientHardware hardware) {
    return HexFormat.ofDelimiter(":").formatHex(hardware.octets());
  }
}
