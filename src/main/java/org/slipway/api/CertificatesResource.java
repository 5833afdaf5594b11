package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.api.model.CertificateDocument;
import org.slipway.api.model.CertificateOperation;
import org.slipway.api.model.CertificateUpload;
import org.slipway.audit.Who;
import org.slipway.certificates.CertificateFacts;
import org.slipway.certificates.ServerCertificate;
import org.slipway.https.HttpsPort;

/** The certificate of the console: what it is, and replacing it. */
@Singleton
@Path("/certificates/console")
@Produces(MediaType.APPLICATION_JSON)
public class CertificatesResource {
  private final ServerCertificate certificate;
  private final HttpsPort https;
  private final Clock clock;

  @Inject
  public CertificatesResource(ServerCertificate certificate, HttpsPort https, Clock clock) {
    this.certificate = certificate;
    this.https = https;
    this.clock = clock;
  }

  @GET
  @Needs(Action.MANAGE_SETTINGS)
  public Response get() {
    return response();
  }

  @PUT
  @Needs(Action.MANAGE_SETTINGS)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      CertificateUpload upload,
      @Context SecurityContext security) {
    Optional<String> shown = Revision.expected(ifMatch, certificate.facts().fingerprint());
    Who who = Caller.of(security).who();
    char[] passphrase = text(upload.passphrase()).toCharArray();
    if (upload.pkcs12() != null) {
      if (upload.certificates() != null || upload.key() != null) {
        throw new InvalidInputException(
            "pkcs12", "certificate.both", "Either pkcs12, or certificates and key");
      }
      certificate.replaceWithPkcs12(decoded(upload.pkcs12()), passphrase, shown, who);
    } else {
      certificate.replaceWithPem(
          text(upload.certificates()), text(upload.key()), passphrase, shown, who);
    }
    return response();
  }

  @POST
  @Needs(Action.MANAGE_SETTINGS)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response operate(CertificateOperation operation, @Context SecurityContext security) {
    if (!"self-signed".equals(operation.op())) {
      throw new InvalidInputException("op", "choice", "Allowed: self-signed");
    }
    certificate.makeSelfSigned(Fields.list(operation.names()), Caller.of(security).who());
    return response();
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "pkcs12", "certificate.pkcs12.unreadable", "This is no PKCS#12 file");
    }
  }

  private Response response() {
    CertificateFacts facts = certificate.facts();
    return Response.ok(
            new CertificateDocument(
                facts.subject(),
                facts.issuer(),
                facts.names(),
                facts.fingerprint(),
                facts.serialNumber(),
                facts.key(),
                facts.validFrom(),
                facts.validTo(),
                facts.selfSigned(),
                facts.state(clock.instant()).name(),
                certificate.pem(),
                https.port().orElse(null),
                https.error().orElse(null)))
        .tag(facts.fingerprint())
        .build();
  }
}
