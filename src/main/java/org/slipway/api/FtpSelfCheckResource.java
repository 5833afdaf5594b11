package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.InetAddress;
import org.slipway.accounts.Action;
import org.slipway.api.model.SelfCheckDocument;
import org.slipway.ftp.FtpSelfCheck;

/** Whether clients of FTP can come and move data. */
@Singleton
@Path("/listeners/ftp/self-check")
@Produces(MediaType.APPLICATION_JSON)
public class FtpSelfCheckResource {
  private final FtpSelfCheck selfCheck;

  @Inject
  public FtpSelfCheckResource(FtpSelfCheck selfCheck) {
    this.selfCheck = selfCheck;
  }

  /** For a client of the given address, else of the caller's own. */
  @GET
  @Needs(Action.SEE_LISTENERS)
  public SelfCheckDocument check(
      @QueryParam("address") String address, @Context SecurityContext security) {
    FtpSelfCheck.Result result =
        selfCheck.check(
            address == null
                ? Caller.of(security).address()
                : FtpSelfCheck.clientAddress("address", address));
    return new SelfCheckDocument(
        result.client().getHostAddress(),
        result.grade().name(),
        result.pasvAddress().map(InetAddress::getHostAddress).orElse(null),
        result.pasvDecidedBy().orElse(null),
        result.findings().stream()
            .map(f ->
                new SelfCheckDocument.Finding(
                    f.kind().check().name(), f.kind().grade().name(), f.kind().name(), f.text()))
            .toList());
  }
}
