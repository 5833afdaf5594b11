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
import java.net.InetAddress;
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.OnConflict;
import org.slipway.api.model.FileOperation;
import org.slipway.api.model.NamePreviewDocument;
import org.slipway.audit.AuditTrail;
import org.slipway.bootfiles.Templates;
import org.slipway.provisioning.NamePreview;
import org.slipway.storage.AuditedArea;
import org.slipway.storage.FileAreas;
import org.slipway.storage.GuardedArea;
import org.slipway.storage.VirtualPath;

/** The TFTP area: what devices boot from. */
@Singleton
@Path("/boot-files{path: (/.*)?}")
public class BootFilesResource {
  private static final String ROOT = "/api/v1/boot-files";
  private static final String PREVIEW = "/resolve";

  private final FileAreas areas;
  private final FileRequests requests;
  private final AuditTrail audit;
  private final Templates templates;
  private final NamePreview preview;

  @Inject
  public BootFilesResource(
      FileAreas areas,
      FileRequests requests,
      AuditTrail audit,
      Templates templates,
      NamePreview preview) {
    this.templates = templates;
    this.preview = preview;
    this.areas = areas;
    this.audit = audit;
    this.requests = requests;
  }

  /**
   * A file or folder; {@code /resolve} with {@code name} and {@code address} tells what that
   * address would get for the name.
   */
  @GET
  @Needs(Action.MANAGE_BOOT_FILES)
  public Response get(
      @PathParam("path") String path,
      @BeanParam ListParameters list,
      @BeanParam BootFileViews view,
      @Context HttpServletRequest request,
      @Context Request conditions,
      @Context SecurityContext security) {
    return path.equals(PREVIEW) && view.name() != null
        ? Response.ok(preview(view)).type(MediaType.APPLICATION_JSON_TYPE).build()
        : requests.get(area(security), request, conditions, list);
  }

  /** What an address would get for a name, whether or not a device has it. */
  private NamePreviewDocument preview(BootFileViews view) {
    Fields fields = new Fields();
    Optional<InetAddress> address =
        fields.address("address", fields.needed("address", view.address()));
    fields.check();
    return RemapRuleDocuments.of(preview.of(address.orElseThrow(), view.name()));
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
    Response done = requests.delete(area(security), request, recursive);
    templates.deleted(RequestPath.of(request, ROOT).path());
    return done;
  }

  @POST
  @Needs(Action.MANAGE_BOOT_FILES)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response operate(
      @PathParam("path") String path,
      FileOperation operation,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    VirtualPath file = RequestPath.of(request, ROOT).path();
    if ("template".equals(operation.op())) {
      return mark(file, operation.template(), area(security));
    }
    Response done = requests.operate(area(security), request, operation);
    if ("rename".equals(operation.op())) {
      templates.renamed(file, VirtualPath.parse(operation.to()));
    }
    return done;
  }

  private Response mark(VirtualPath file, Boolean template, CallerArea area) {
    if (template == null) {
      throw new InvalidInputException("template", "needed", "A value is needed");
    }
    templates.mark(file, template, area.caller().who());
    return Response.ok(FileRequests.document(area, file))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private CallerArea area(SecurityContext security) {
    Caller caller = Caller.of(security);
    return new CallerArea(
        new GuardedArea(
            AuditedArea.bootFiles(areas.bootFiles(), audit, caller.who()),
            OnConflict.OVERWRITE,
            GuardedArea.Access.EVERYTHING),
        ROOT,
        caller,
        Optional.of(templates::isTemplate));
  }
}
