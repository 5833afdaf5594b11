package org.slipway.client;

/** Is told how a transfer gets on. */
interface Progress extends AutoCloseable {
  Progress NONE =
      new Progress() {
        @Override
        public void expect(long total) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void close() {}
      };

  /** The size of the file, once it is known. */
  void expect(long total);

  void advance(long bytes);

  @Override
  void close();
}
