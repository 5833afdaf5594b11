package org.slipway.api.model;

import java.util.List;

/**
 * What became of a list of devices, or what would.
 *
 * @param applied whether it is stored
 * @param added number of devices that are new
 * @param changed number of devices that are different now
 * @param unchanged number of devices that were so already
 * @param devices each device of the list
 * @param refused lines that cannot be taken
 * @param ignored what was left out of lines that can
 */
public record DeviceImportDocument(
    boolean applied,
    int added,
    int changed,
    int unchanged,
    List<Line> devices,
    List<Remark> refused,
    List<Remark> ignored) {

  /**
   * A device of the list.
   *
   * @param line where its entry begins, from 1
   * @param outcome {@code ADDED}, {@code CHANGED} or {@code UNCHANGED}
   * @param changes names of the fields that are different from before
   */
  public record Line(
      int line,
      String outcome,
      String hardwareAddress,
      String name,
      String address,
      List<String> changes) {}

  /**
   * What is to be said of a line.
   *
   * @param text the line as it came, shortened
   */
  public record Remark(int line, String text, String reason) {}
}
