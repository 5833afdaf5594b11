package org.slipway.client;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How far the devices are, redrawn in place on a terminal until it is closed. */
final class SimulationTable implements AutoCloseable {
  private static final double MEBIBYTE = 1 << 20;
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  /** The rate shown follows the last moments, without jumping with each of them. */
  private static final double WEIGHT_OF_NEWEST = 0.3;

  private final PrintStream out;
  private final int columns;
  private int drawn;
  private boolean closed;
  private long lastBytes;
  private double lastSeconds;
  private double rate;

  /**
   * @param columns of the terminal; no line is as long
   */
  SimulationTable(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /**
   * @param bytes received so far
   * @param seconds since the beginning
   */
  synchronized void draw(Map<DeviceRun.State, Integer> states, long bytes, double seconds) {
    if (closed) {
      return;
    }
    follow(bytes, seconds);
    List<String> lines = new ArrayList<>(table(states));
    lines.add(
        "%,.1f MiB  %,.1f MiB/s  %.0f s".formatted(bytes / MEBIBYTE, rate / MEBIBYTE, seconds));
    StringBuilder text = new StringBuilder(up());
    for (String line : lines) {
      text.append(cut(line)).append(CLEAR_LINE).append("\n");
    }
    drawn = lines.size();
    out.print(text);
    out.flush();
  }

  private void follow(long bytes, double seconds) {
    double passed = seconds - lastSeconds;
    if (passed > 0) {
      rate += WEIGHT_OF_NEWEST * ((bytes - lastBytes) / passed - rate);
      lastBytes = bytes;
      lastSeconds = seconds;
    }
  }

  private static List<String> table(Map<DeviceRun.State, Integer> states) {
    List<List<String>> rows = new ArrayList<>();
    states.forEach((state, count) -> rows.add(List.of(label(state), "%,d".formatted(count))));
    return Columns.lines(List.of(Text.of("state"), Text.of("devices")), rows, Set.of(1));
  }

  private static String label(DeviceRun.State state) {
    return switch (state) {
      case WAITING -> Text.of("waiting");
      case BOOTP -> "BOOTP";
      case TFTP -> "TFTP";
      case FTP -> "FTP";
      case DONE -> Text.of("done");
      case FAILED -> Text.of("failed");
    };
  }

  private String cut(String line) {
    String shown = line;
    while (Columns.width(shown) >= columns) {
      shown = shown.substring(0, shown.length() - 1);
    }
    return shown;
  }

  private String up() {
    return drawn == 0 ? "" : UP.formatted(drawn);
  }

  /** Wipes it away. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      out.print(up() + (drawn == 0 ? "" : CLEAR_BELOW));
      out.flush();
    }
  }
}
