package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.slipway.accounts.Action;
import org.slipway.api.model.FileOperation;
import org.slipway.storage.Homes;

/** The files of the caller's home. */
@Singleton
@Path("/files{path: (/.*)?}")
public class FilesResource {
  private static final String ROOT = "/api/v1/files";

  private final Homes homes;
  private final FileRequests requests;
  private final ZipDownload zip;
  private final FilePreview preview;

  @Inject
  public FilesResource(Homes homes, FileRequests requests, ZipDownload zip, FilePreview preview) {
    this.homes = homes;
    this.requests = requests;
    this.zip = zip;
    this.preview = preview;
  }

  @GET
  @Needs(Action.USE_OWN_HOME)
  public Response get(
      @PathParam("path") String path,
      @BeanParam ListParameters list,
      @BeanParam FileView view,
      @Context HttpServletRequest request,
      @Context Request conditions,
      @Context SecurityContext security) {
    CallerArea area = area(security);
    return switch (view.kind()) {
      case CONTENT -> requests.get(area, request, conditions, list);
      case ZIP -> zip.get(area, RequestPath.of(request, ROOT).path(), view.names());
      case PREVIEW -> preview.get(area, RequestPath.of(request, ROOT).path());
      case SHA256 -> requests.sha256(area, request);
    };
  }

  @HEAD
  @Needs(Action.USE_OWN_HOME)
  public Response head(
      @PathParam("path") String path,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    return requests.head(area(security), request);
  }

  @PUT
  @Needs(Action.USE_OWN_HOME)
  @Consumes(MediaType.WILDCARD)
  public Response put(
      @PathParam("path") String path,
      @QueryParam("onConflict") String onConflict,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    return requests.put(area(security), request, Fields.onConflict(onConflict));
  }

  @DELETE
  @Needs(Action.USE_OWN_HOME)
  public Response delete(
      @PathParam("path") String path,
      @QueryParam("recursive") @DefaultValue("false") boolean recursive,
      @QueryParam("trash") @DefaultValue("false") boolean trash,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    return trash
        ? requests.discard(area(security), request)
        : requests.delete(area(security), request, recursive);
  }

  @POST
  @Needs(Action.USE_OWN_HOME)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response operate(
      @PathParam("path") String path,
      FileOperation operation,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    return requests.operate(area(security), request, operation);
  }

  private CallerArea area(SecurityContext security) {
    Caller caller = Caller.of(security);
    return new CallerArea(homes.of(caller.account(), caller.channel(), caller.who()), ROOT, caller);
  }
}
