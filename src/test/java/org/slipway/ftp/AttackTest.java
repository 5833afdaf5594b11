package org.slipway.ftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks on FTP servers. Each is one method that knows nothing of the server but its address; it
 * has to succeed against a weak one, and then to fail against ours.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AttackTest {
  Path folder;
  AttackedServer.Portal ours;
  private final List<WeakServer> weak = new ArrayList<>();

  @BeforeAll
  void startOurs(@TempDir Path temporary) throws IOException {
    folder = temporary;
    ours = AttackedServer.Portal.of(new TestPortal(folder.resolve("data")));
  }

  @AfterAll
  void stopOurs() {
    ours.close();
  }

  /** Ends with the test. */
  WeakServer weak(Weakness... weaknesses) throws IOException {
    Path home = Files.createTempDirectory(folder, "weak");
    WeakServer server = new WeakServer(home, ours.portal().tls.newContext(), weaknesses);
    weak.add(server);
    return server;
  }

  @AfterEach
  void stopWeak() {
    weak.forEach(WeakServer::close);
    weak.clear();
  }
}
