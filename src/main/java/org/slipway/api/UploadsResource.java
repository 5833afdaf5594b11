package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Items;
import org.slipway.api.model.UploadDocument;
import org.slipway.api.model.UploadRequest;
import org.slipway.storage.GuardedArea;
import org.slipway.storage.Homes;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;

/**
 * Uploads into the caller's home that survive a broken connection: announce the file, send it in
 * pieces, ask how far it came. The headers are those of tus 1.0 ({@code Upload-Offset}, {@code
 * Upload-Length}).
 */
@Singleton
@Path("/uploads")
@Produces(MediaType.APPLICATION_JSON)
public class UploadsResource {
  private static final String OFFSET = "Upload-Offset";
  private static final Listing<ResumableUpload> LISTING =
      new Listing<>(
          u -> List.of(u.path().relative()),
          Map.of("path", Comparator.comparing(u -> u.path().relative())),
          Comparator.comparing(ResumableUpload::id));

  private final Homes homes;
  private final OpenUploads uploads;

  @Inject
  public UploadsResource(Homes homes, OpenUploads uploads) {
    this.homes = homes;
    this.uploads = uploads;
  }

  /** What waits for its rest. */
  @GET
  @Needs(Action.USE_OWN_HOME)
  public Items<UploadDocument> list(
      @BeanParam ListParameters parameters, @Context SecurityContext security) {
    List<ResumableUpload> open =
        uploads.of(Caller.of(security).account().id()).stream()
            .filter(ResumableUpload::isOpen)
            .toList();
    return LISTING.page(parameters, open, UploadsResource::document);
  }

  /** Announces a file; its whole size is reserved in the quota. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Action.USE_OWN_HOME)
  public Response begin(UploadRequest wanted, @Context SecurityContext security) {
    Caller caller = Caller.of(security);
    Fields fields = new Fields();
    VirtualPath path = VirtualPath.parse(fields.needed("path", wanted.path()));
    if (wanted.size() == null || wanted.size() < 0) {
      fields.bad("size", "needed", "The size of the file in bytes is needed");
    }
    fields.check();
    Optional<OnConflict> wish = Fields.onConflict(wanted.onConflict());
    Upload upload = home(caller).upload(path, wish, Optional.of(wanted.size()));
    ResumableUpload open =
        uploads.add(caller, new ResumableUpload.Target(path, wish, wanted.size(), upload));
    return Response.created(URI.create("/api/v1/uploads/" + open.id()))
        .header(OFFSET, 0)
        .entity(document(open))
        .build();
  }

  /** How far it came; a request that hangs may add no more. */
  @HEAD
  @Path("{id}")
  @Needs(Action.USE_OWN_HOME)
  public Response offset(@PathParam("id") String id, @Context SecurityContext security) {
    ResumableUpload upload = uploads.get(Caller.of(security), id);
    return Response.ok()
        .header(OFFSET, upload.offset())
        .header("Upload-Length", upload.size())
        .build();
  }

  /** Adds the next piece. With the last one the file is there, and the answer names it. */
  @PATCH
  @Path("{id}")
  @Consumes("application/offset+octet-stream")
  @Needs(Action.USE_OWN_HOME)
  public Response append(
      @PathParam("id") String id,
      @HeaderParam(OFFSET) String offset,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    Caller caller = Caller.of(security);
    ResumableUpload upload = uploads.get(caller, id);
    home(caller).requireUpload(upload.path(), upload.wish());
    FileUpload.checkHeaders(request);
    try {
      boolean whole = upload.append(number(offset), UnreadBody.begin(request));
      return whole
          ? Response.status(Response.Status.CREATED)
              .header(OFFSET, upload.size())
              .entity(upload.stored().orElseThrow())
              .build()
          : Response.noContent().header(OFFSET, upload.length()).build();
    } catch (RefusedException e) {
      if (e.refusal().kind() != Kind.CONFLICT) {
        UnreadBody.leave(request);
      }
      throw e;
    } catch (IOException e) {
      throw new BrokenRequestException(400, "The request ended before its body was whole");
    }
  }

  private static long number(String offset) {
    if (offset == null || !offset.matches("\\d{1,18}")) {
      throw new BrokenRequestException(400, "The header Upload-Offset must be a number");
    }
    return Long.parseLong(offset);
  }

  /** Gives it up. */
  @DELETE
  @Path("{id}")
  @Needs(Action.USE_OWN_HOME)
  public void cancel(@PathParam("id") String id, @Context SecurityContext security) {
    uploads.cancel(uploads.get(Caller.of(security), id));
  }

  private GuardedArea home(Caller caller) {
    return homes.of(caller.account(), caller.channel(), caller.who());
  }

  private static UploadDocument document(ResumableUpload upload) {
    return new UploadDocument(
        upload.id(),
        upload.path().relative(),
        upload.size(),
        upload.length(),
        upload.touched().plus(OpenUploads.KEPT));
  }
}
