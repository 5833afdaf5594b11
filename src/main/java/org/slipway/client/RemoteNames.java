package org.slipway.client;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is in the folders of the server, kept while one line is typed. */
final class RemoteNames {
  private final FtpShell shell;
  private final Map<String, List<RemoteEntry>> folders = new HashMap<>();

  RemoteNames(FtpShell shell) {
    this.shell = shell;
  }

  /** Nothing where the server does not say. */
  List<RemoteEntry> in(String folder) {
    return folders.computeIfAbsent(
        folder,
        path -> {
          try {
            return shell.session().list(path);
          } catch (IOException e) {
            return List.of();
          }
        });
  }

  void forget() {
    folders.clear();
  }
}
