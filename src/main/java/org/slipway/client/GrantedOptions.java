package org.slipway.client;

import java.util.Map;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TransferOption;

/**
 * What a server made of the options that it was asked for: it may grant less, never more (RFC 2347,
 * RFC 2348, RFC 7440).
 */
record GrantedOptions(Map<String, String> asked, Map<String, String> answered) {

  /** Octets in a block; 512 where the server said nothing. */
  int blksize() throws TftpFailedException {
    return granted(
        TransferOption.BLKSIZE, TransferOption.MIN_BLKSIZE, TransferOption.DEFAULT_BLKSIZE);
  }

  /** Blocks in a window; 1 where the server said nothing. */
  int windowsize() throws TftpFailedException {
    return granted(TransferOption.WINDOWSIZE, TransferOption.MIN_WINDOWSIZE, 1);
  }

  private int granted(String name, int least, int unset) throws TftpFailedException {
    if (!answered.containsKey(name)) {
      return unset;
    }
    long value = number(name);
    if (!asked.containsKey(name) || value < least || value > Long.parseLong(asked.get(name))) {
      throw refusal(Text.of("the server answered %s %d, which was not asked for", name, value));
    }
    return (int) value;
  }

  long number(String name) throws TftpFailedException {
    String text = answered.get(name);
    if (!text.matches("[0-9]{1,18}")) {
      throw refusal(Text.of("the server answered %s \"%s\"", name, Printable.of(text)));
    }
    return Long.parseLong(text);
  }

  private static TftpFailedException refusal(String detail) {
    return TftpFailedException.ours(detail, ErrorCode.OPTION_NEGOTIATION);
  }
}
