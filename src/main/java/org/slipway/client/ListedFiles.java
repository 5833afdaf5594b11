package org.slipway.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the file list among the boot steps, and what checksums are published for it. */
final class ListedFiles {
  static final String CHECKSUM_SUFFIX = ".sha256";
  static final String LIST_SUFFIX = ".rc";
  static final int LARGEST = 1 << 20;

  private final TftpFiles tftp;
  private final TftpAttempts attempts;
  private final Destination destination;

  ListedFiles(TftpFiles tftp, TftpAttempts attempts, Destination destination) {
    this.tftp = tftp;
    this.attempts = attempts;
    this.destination = destination;
  }

  /**
   * @param wanted its name; empty to look for one
   */
  Optional<Inventory.Step> find(Inventory inventory, Optional<String> wanted) {
    if (wanted.isPresent()) {
      return Optional.of(
          inventory
              .step(RemoteName.ofBootFile(wanted.get()).text())
              .orElseThrow(() ->
                  new CommandFailedException(
                      ExitCode.FAILED,
                      Text.of(
                          "The file list \"%s\" is not among the boot steps; give --list one of"
                              + " the names that were offered, or leave it out.",
                          Printable.of(wanted.get())))));
    }
    return inventory.steps().stream()
        .filter(step -> isHeadedAsList(step.file()))
        .findFirst()
        .or(() ->
            inventory.steps().stream()
                .filter(step -> step.file().name().endsWith(LIST_SUFFIX))
                .reduce((earlier, later) -> later));
  }

  /** Whether it came already. */
  boolean isAmong(Inventory inventory, Optional<String> wanted) {
    return wanted.isPresent()
        ? inventory.step(RemoteName.ofBootFile(wanted.get()).text()).isPresent()
        : find(inventory, wanted).isPresent();
  }

  private boolean isHeadedAsList(MovedFile file) {
    byte[] heading = FileList.HEADING.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = open(file)) {
      return Arrays.equals(in.readNBytes(heading.length), heading);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FileList read(MovedFile list) throws IOException {
    try {
      return FileList.parse(content(list));
    } catch (FileList.MalformedListException e) {
      throw new CommandFailedException(
          ExitCode.FTP_FAILED,
          Text.of(
              "The file list \"%s\" cannot be followed: %s.",
              Printable.of(list.name()), e.getMessage()),
          e);
    }
  }

  /** From the file beside the list, if the server has it. */
  Checksums checksums(Inventory.Step list, Inventory inventory) throws IOException {
    RemoteName name = new RemoteName(list.file().name() + CHECKSUM_SUFFIX);
    String offered = list.offered() + CHECKSUM_SUFFIX;
    MovedFile file;
    if (inventory.step(name.text()).isPresent()) {
      file = inventory.step(name.text()).get().file();
    } else {
      try {
        file =
            attempts.repeated(
                () -> tftp.fetch(list.server(), list.local(), offered, name, destination));
      } catch (TftpFailedException e) {
        if (e.kind() == TftpFailedException.Kind.NOT_FOUND) {
          return Checksums.NONE;
        }
        throw TftpFailure.failed(list.server(), TftpFailure.Direction.FETCH, name.text(), e);
      }
      inventory.add(new Inventory.Step(file, offered, list.server(), list.local()));
    }
    return Checksums.parse(content(file))
        .orElseThrow(() ->
            new CommandFailedException(
                ExitCode.CHECKSUM_MISMATCH,
                Text.of(
                    "\"%s\" is not what sha256sum writes, so nothing can be verified.",
                    Printable.of(name.text()))));
  }

  /** A step is verified too, if a checksum is published under its name and for no listed file. */
  void verifySteps(Checksums checksums, FileList files, Inventory inventory) throws IOException {
    for (Inventory.Step step : List.copyOf(inventory.steps())) {
      RemoteName name = new RemoteName(step.file().name());
      Optional<String> expected = checksums.of(name);
      if (expected.isEmpty() || files.names(name)) {
        continue;
      }
      if (!expected.get().equals(step.file().sha256())) {
        destination.delete(name);
        inventory.remove(step);
        throw Checksums.mismatch(name, step.file().sha256(), expected.get());
      }
      inventory.add(step.verified());
    }
  }

  private InputStream open(MovedFile file) throws IOException {
    return destination.open(new RemoteName(file.name()));
  }

  private byte[] content(MovedFile file) throws IOException {
    if (file.bytes() > LARGEST) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          Text.of(
              "\"%s\" is too large to be a list; name the list with --list.",
              Printable.of(file.name())));
    }
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    }
  }
}
