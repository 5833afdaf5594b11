package org.slipway.web;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Optional;
import org.primefaces.model.file.UploadedFile;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.storage.FileArea;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.Transfers;

/**
 * Stores a file that a browser sent with a form; the container has it on its disk by then, so it is
 * copied as a stream and never held in memory.
 */
@Singleton
public final class BrowserUpload {
  private final Transfers transfers;

  @Inject
  public BrowserUpload(Transfers transfers) {
    this.transfers = transfers;
  }

  /**
   * What became of one file.
   *
   * @param problem why it was not stored; empty if it was
   */
  public record Outcome(String name, long size, boolean replaced, String problem)
      implements Serializable {}

  Outcome store(FileArea area, VirtualPath folder, UploadedFile file, Who who) {
    String name = file.getFileName();
    try {
      VirtualPath path = folder.child(name);
      Upload.Published published = transferred(area, path, file, who);
      return new Outcome(name, published.size(), published.replaced(), "");
    } catch (RefusedException e) {
      return new Outcome(name, file.getSize(), false, Words.text(e.refusal()));
    }
  }

  private Upload.Published transferred(
      FileArea area, VirtualPath path, UploadedFile file, Who who) {
    Optional<Long> size = Optional.of(file.getSize());
    ActiveTransfer transfer = transfers.start(description(path, size, who), () -> {});
    try (InputStream in = file.getInputStream();
        Upload upload = area.upload(path, OnConflict.OVERWRITE, size, false)) {
      upload.transferFrom(Channels.newChannel(in), transfer::progressed);
      Upload.Published published = upload.publish();
      transfer.lengthVerified(true);
      transfer.complete();
      return published;
    } catch (RefusedException e) {
      transfer.end(TransferOutcome.REFUSED, e.refusal().kind().name());
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      transfer.end(TransferOutcome.ABORTED, "the file could not be read");
    }
  }

  private static TransferDescription description(VirtualPath path, Optional<Long> size, Who who) {
    return new TransferDescription(
        "HTTP",
        TransferDescription.Direction.UP,
        Optional.of(who.name()),
        Optional.empty(),
        who.address(),
        path.toString(),
        size);
  }
}
