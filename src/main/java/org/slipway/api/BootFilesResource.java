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
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.accounts.OnConflict;
import org.slipway.api.model.FileOperation;
import org.slipway.audit.AuditTrail;
import org.slipway.storage.AuditedArea;
import org.slipway.storage.FileAreas;
import org.slipway.storage.GuardedArea;

/** The TFTP area: what devices boot from. */
@Singleton
@Path("/boot-files{path: (/.*)?}")
public class BootFilesResource {
  private static final String ROOT = "/api/v1/boot-files";

  private final FileAreas areas;
  private final FileRequests requests;
  private final AuditTrail audit;

  @Inject
  public BootFilesResource(FileAreas areas, FileRequests requests, AuditTrail audit) {
    this.areas = areas;
    this.audit = audit;
    this.requests = requests;
  }

  @GET
  @Needs(Action.MANAGE_BOOT_FILES)
  public Response get(
      @PathParam("path") String path,
      @BeanParam ListParameters list,
      @Context HttpServletRequest request,
      @Context Request conditions,
      @Context SecurityContext security) {
    return requests.get(area(security), request, conditions, list);
  }

  @HEAD
  @Needs(Action.MANAGE_BOOT_FILES)
  public Response head(
      @PathParam("path") String path,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    return requests.head(area(security), request);
  }

  @PUT
  @Needs(Action.MANAGE_BOOT_FILES)
  @Consumes(MediaType.WILDCARD)
  public Response put(
      @PathParam("path") String path,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    return requests.put(area(security), request, Optional.empty());
  }

  @DELETE
  @Needs(Action.MANAGE_BOOT_FILES)
  public Response delete(
      @PathParam("path") String path,
      @QueryParam("recursive") @DefaultValue("false") boolean recursive,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    return requests.delete(area(security), request, recursive);
  }

  @POST
  @Needs(Action.MANAGE_BOOT_FILES)
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
    return new CallerArea(
        new GuardedArea(
            AuditedArea.bootFiles(areas.bootFiles(), audit, caller.who()),
            OnConflict.OVERWRITE,
            GuardedArea.Access.EVERYTHING),
        ROOT,
        caller);
  }
}
