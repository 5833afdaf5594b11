package org.slipway.inventory;

import java.util.List;
import org.slipway.provisioning.Device;

/**
 * What became of the lines of a list, or what would.
 *
 * @param applied whether it is stored
 * @param refused lines that cannot be taken
 * @param ignored what was left out of lines that can
 */
public record ImportReport(
    boolean applied, List<Line> lines, List<LineRemark> refused, List<LineRemark> ignored) {

  /** What becomes of the device of a line. */
  public enum Outcome {
    ADDED,
    CHANGED,
    UNCHANGED
  }

  /**
   * A device of the list.
   *
   * @param line where its entry begins, from 1
   * @param device as it is afterwards
   * @param changes what is different from before, as the API names it
   */
  public record Line(int line, Outcome outcome, Device device, List<String> changes) {}

  public ImportReport {
    lines = List.copyOf(lines);
    refused = List.copyOf(refused);
    ignored = List.copyOf(ignored);
  }

  public int count(Outcome outcome) {
    return (int) lines.stream().filter(l -> l.outcome() == outcome).count();
  }
}
