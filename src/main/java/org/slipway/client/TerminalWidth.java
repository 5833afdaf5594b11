package org.slipway.client;

import java.io.IOException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** How wide the terminal is. */
final class TerminalWidth {
  private static final int USUAL = 80;
  private static final int LEAST = 20;

  private TerminalWidth() {}

  /** In columns; 80 where the terminal does not say. */
  static int columns() {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      Size size = terminal.getSize();
      return size.getColumns() == 0 ? USUAL : Math.max(LEAST, size.getColumns());
    } catch (IOException e) {
      return USUAL;
    }
  }
}
