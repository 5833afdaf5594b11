package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.slipway.accounts.Action;
import org.slipway.accounts.QuotaLedger;
import org.slipway.api.model.TftpUploadsDocument;
import org.slipway.storage.TftpUploads;

/** How full the part of the TFTP area is that TFTP writes into. */
@Singleton
@Path("/tftp-uploads")
@Produces(MediaType.APPLICATION_JSON)
public class TftpUploadsResource {
  private final TftpUploads uploads;

  @Inject
  public TftpUploadsResource(TftpUploads uploads) {
    this.uploads = uploads;
  }

  @GET
  @Needs(Action.MANAGE_BOOT_FILES)
  public TftpUploadsDocument get() {
    QuotaLedger.Usage usage = uploads.usage();
    return new TftpUploadsDocument(
        usage.usedBytes(),
        usage.usedFiles(),
        usage.quotaBytes().orElse(null),
        usage.quotaFiles().orElse(null));
  }
}
