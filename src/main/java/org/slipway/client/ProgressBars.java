package org.slipway.client;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Makes a bar for each transfer, where there is a terminal to draw it on. */
interface ProgressBars {
  ProgressBars NONE = name -> Progress.NONE;

  Progress start(String name);

  /**
   * One bar for each file, or one for all of them.
   *
   * @param jobs files at once
   * @param columns of the terminal
   */
  static ProgressBars onTerminal(int jobs, IntSupplier columns) {
    ProgressBars single = onTerminal(columns);
    return jobs == 1 || single == NONE ? single : new SharedBar(single);
  }

  /** Bars if standard input and output are a terminal, so that a pipe gets only text. */
  static ProgressBars onTerminal() {
    return onTerminal(TerminalWidth::columns);
  }

  private static ProgressBars onTerminal(IntSupplier columns) {
    return System.console() != null && System.console().isTerminal()
        ? name -> new Bar(name, System.err, columns.getAsInt())
        : NONE;
  }

  /** Many bars would overwrite one another: the files at once have one together. */
  final class SharedBar implements ProgressBars {
    private final ProgressBars bars;
    private Progress bar;
    private int open;
    private long total;

    SharedBar(ProgressBars bars) {
      this.bars = bars;
    }

    @Override
    public synchronized Progress start(String name) {
      if (open++ == 0) {
        bar = bars.start(name);
        total = 0;
      }
      return new Part();
    }

    private synchronized void expect(long more) {
      total += more;
      bar.expect(total);
    }

    private synchronized void end() {
      if (--open == 0) {
        bar.close();
      }
    }

    private final class Part implements Progress {
      private long expected;

      /** Said anew after a reconnection. */
      @Override
      public void expect(long size) {
        SharedBar.this.expect(size - expected);
        expected = size;
      }

      @Override
      public void advance(long bytes) {
        bar.advance(bytes);
      }

      @Override
      public void close() {
        end();
      }
    }
  }

  /** A bar that is wiped away when the transfer is over. */
  final class Bar implements Progress {
    private static final long MEBIBYTE = 1 << 20;
    private static final int WIDE = 70;

    private final ProgressBar bar;

    /** A narrow terminal has no room for the rate, nor for all of a long name. */
    Bar(String name, PrintStream out, int columns) {
      ProgressBarBuilder builder =
          new ProgressBarBuilder()
              .setTaskName(shortened(Printable.of(name), columns / 4))
              .setInitialMax(-1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUnit(" MiB", MEBIBYTE)
              .setUpdateIntervalMillis((int) Duration.ofMillis(100).toMillis())
              .setConsumer(new ConsoleProgressBarConsumer(out, columns - 1))
              .clearDisplayOnFinish();
      bar = (columns < WIDE ? builder : builder.showSpeed()).build();
    }

    private static String shortened(String name, int most) {
      return name.length() <= most ? name : name.substring(0, most - 1) + "~";
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
