package org.slipway.transfers;

import java.util.Optional;

/**
 * What is moved, for whom.
 *
 * @param protocol {@code FTP}, {@code TFTP}, {@code HTTP}
 * @param account user name, where one is logged in
 * @param device hardware address, where one is known
 * @param peer numeric address of the other side
 * @param path virtual path as stored
 * @param expectedBytes how many bytes it will be, where known
 */
public record TransferDescription(
    String protocol,
    Direction direction,
    Optional<String> account,
    Optional<String> device,
    String peer,
    String path,
    Optional<Long> expectedBytes) {

  /** As seen from the peer. */
  public enum Direction {
    UP,
    DOWN
  }
}
