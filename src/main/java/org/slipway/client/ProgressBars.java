package org.slipway.client;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Makes a bar for each transfer, where there is a terminal to draw it on. */
interface ProgressBars {
  ProgressBars NONE = name -> Progress.NONE;

  Progress start(String name);

  /** Bars if standard input and output are a terminal, so that a pipe gets only text. */
  static ProgressBars onTerminal() {
    return System.console() != null && System.console().isTerminal()
        ? name -> new Bar(name, System.err)
        : NONE;
  }

  /** A bar that is wiped away when the transfer is over. */
  final class Bar implements Progress {
    private static final int WIDTH = 79;
    private static final long MEBIBYTE = 1 << 20;

    private final ProgressBar bar;

    Bar(String name, PrintStream out) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(Printable.of(name))
              .setInitialMax(-1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUnit(" MiB", MEBIBYTE)
              .setUpdateIntervalMillis((int) Duration.ofMillis(100).toMillis())
              .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
              .clearDisplayOnFinish()
              .build();
    }

    @Override
    public void expect(long total) {
      bar.maxHint(total);
    }

    @Override
    public void advance(long bytes) {
      bar.stepBy(bytes);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
