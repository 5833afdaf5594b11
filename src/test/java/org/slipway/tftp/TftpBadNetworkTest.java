package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over a network that loses, doubles and reorders, each of them by the share that is given. */
class TftpBadNetworkTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"512, 1, 0.02", "512, 1, 0.1", "1428, 8, 0.02", "1428, 8, 0.1", "1428, 64, 0.02"})
  void filesArriveWhole(int blksize, int window, double each) throws IOException {
    try (RunningServer server = new RunningServer(folder);
        LossyNetwork network =
            new LossyNetwork(server.address("127.0.0.1"), blksize + window, each)) {
      byte[] expected = server.file("file", 300_000);
      BooleanSupplier delivered = () -> server.content.events.contains("file: delivered");
      assertThat(PatientClient.fetch(network.address(), "file", blksize, window, delivered))
          .isEqualTo(expected);
      assertThat(delivered.getAsBoolean()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"512, 1, 0.02", "512, 1, 0.1", "1428, 8, 0.02", "1428, 8, 0.1", "1428, 64, 0.02"})
  void writtenFilesArriveWhole(int blksize, int window, double each) throws IOException {
    try (WritableServer server = new WritableServer(folder, "slipway.tftp.write", "create");
        LossyNetwork network = new LossyNetwork(server.address(), blksize + window, each);
        Sender sender = Sender.impatient(network.address())) {
      byte[] content = TftpWriteTest.bytes(200_000);
      sender.send("file", content, "octet", Sender.options(blksize, window));
      assertThat(server.stored("file")).isEqualTo(content);
    }
  }
}
