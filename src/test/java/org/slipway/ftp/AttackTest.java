package org.slipway.ftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks on FTP servers. Each is one method that knows nothing of the server but its address; it
 * has to succeed against a weak one, and then to fail against ours.
 */
abstract class AttackTest {
  @TempDir Path folder;
  AttackedServer.Portal ours;
  private final List<WeakServer> weak = new ArrayList<>();

  /** Of our server. */
  Map<String, String> settings() {
    return Map.of();
  }

  @BeforeEach
  void startOurs() {
    ours = AttackedServer.Portal.of(new TestPortal(folder.resolve("data"), settings()));
  }

  WeakServer weak(Weakness... weaknesses) throws IOException {
    Path home = Files.createDirectories(folder.resolve("weak" + weak.size()));
    WeakServer server = new WeakServer(home, ours.portal().tls.newContext(), weaknesses);
    weak.add(server);
    return server;
  }

  @AfterEach
  void stop() {
    weak.forEach(WeakServer::close);
    ours.close();
  }
}
