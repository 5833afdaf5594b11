package org.slipway.client;

import java.io.PrintWriter;

/** Tells a person what happens, as it happens; silent where a machine reads the result. */
record Narration(PrintWriter out, boolean silent) {
  void say(String format, Object... arguments) {
    if (!silent) {
      out.println(Text.of(format, arguments));
      out.flush();
    }
  }
}
