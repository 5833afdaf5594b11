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
import java.util.UUID;
import org.slipway.accounts.Action;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Channel;
import org.slipway.accounts.Permission;
import org.slipway.api.model.FileOperation;
import org.slipway.storage.FileAreas;
import org.slipway.storage.VirtualPath;

/** The files of the caller's home. */
@Singleton
@Path("/files{path: (/.*)?}")
public class FilesResource {
  private static final String ROOT = "/api/v1/files";

  private final FileAreas areas;
  private final Authorization authorization;
  private final FileRequests requests;

  @Inject
  public FilesResource(FileAreas areas, Authorization authorization, FileRequests requests) {
    this.areas = areas;
    this.authorization = authorization;
    this.requests = requests;
  }

  @GET
  @Needs(Action.USE_OWN_HOME)
  public Response get(
      @PathParam("path") String path,
      @BeanParam ListParameters list,
      @Context HttpServletRequest request,
      @Context Request conditions,
      @Context SecurityContext security) {
    return requests.get(area(security), request, conditions, list);
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
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    return requests.put(area(security), request);
  }

  @DELETE
  @Needs(Action.USE_OWN_HOME)
  public void delete(
      @PathParam("path") String path,
      @QueryParam("recursive") @DefaultValue("false") boolean recursive,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    requests.delete(area(security), request, recursive);
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
    return new CallerArea(
        areas.home(caller.account().id()),
        ROOT,
        caller,
        caller.account().onConflict(),
        new HomeAccess(authorization, caller.account().id()));
  }

  private record HomeAccess(Authorization authorization, UUID account)
      implements CallerArea.Access {
    @Override
    public void require(Permission permission, VirtualPath path) {
      authorization.require(account, Channel.API, permission, path.toString());
    }

    @Override
    public void requireMove(VirtualPath from, VirtualPath to, boolean folder) {
      authorization.requireMove(account, Channel.API, from.toString(), to.toString(), folder);
    }
  }
}
