package org.slipway.api.model;

import java.util.List;

/**
 * Whether a client of some address can come to a listener and move data.
 *
 * @param address of the client
 * @param state that of the worst finding
 * @param pasvAddress what PASV would tell the client; null where it is refused
 * @param pasvDecidedBy the setting that says so; null if none does
 * @param findings in the order in which they were looked for
 */
public record SelfCheckDocument(
    String address,
    String state,
    String pasvAddress,
    String pasvDecidedBy,
    List<Finding> findings) {

  /**
   * One thing that was found.
   *
   * @param check what was looked at, such as {@code PASV} or {@code PASSIVE_PORTS}
   * @param state {@code OK}, {@code NOTE}, {@code WARNING} or {@code FAILED}
   * @param code what it is, for programs
   */
  public record Finding(String check, String state, String code, String text) {}
}
