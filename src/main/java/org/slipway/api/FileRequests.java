package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.FileDocument;
import org.slipway.api.model.FileOperation;
import org.slipway.api.model.StoredFileDocument;
import org.slipway.storage.FileFacts;
import org.slipway.storage.VirtualPath;

/** What can be asked of a path, alike for the caller's home and the boot files. */
@Singleton
public final class FileRequests {
  private static final Comparator<FileFacts> FOLDERS_FIRST =
      Comparator.comparing(FileFacts::folder).reversed().thenComparing(FileFacts::name);
  private static final Listing<FileFacts> LISTING =
      new Listing<>(
          f -> List.of(f.name()),
          Map.of(
              "name", Comparator.comparing(FileFacts::name),
              "size", Comparator.comparing(FileFacts::size),
              "modified", Comparator.comparing(FileFacts::modified)),
          FOLDERS_FIRST);

  private final FileDownload download;
  private final FileUpload upload;

  @Inject
  public FileRequests(FileDownload download, FileUpload upload) {
    this.download = download;
    this.upload = upload;
  }

  Response get(
      CallerArea area, HttpServletRequest request, Request conditions, ListParameters list) {
    RequestPath asked = RequestPath.of(request, area.root());
    requireSight(area, asked.path());
    return isFolder(area, asked)
        ? listing(area, asked.path(), list)
        : download.get(area, asked.path(), request, conditions);
  }

  Response head(CallerArea area, HttpServletRequest request) {
    RequestPath asked = RequestPath.of(request, area.root());
    requireSight(area, asked.path());
    if (isFolder(area, asked)) {
      area.files().require(Permission.LIST, asked.path());
      return Response.ok().type(MediaType.APPLICATION_JSON_TYPE).build();
    }
    return download.head(area, asked.path());
  }

  /** The checksum of a file beside its path and size. */
  Response sha256(CallerArea area, HttpServletRequest request) {
    VirtualPath path = RequestPath.of(request, area.root()).path();
    String sha256 = area.files().sha256(path);
    return Response.ok(
            new StoredFileDocument(path.relative(), area.files().existing(path).size(), sha256))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  Response put(CallerArea area, HttpServletRequest request, Optional<OnConflict> onConflict) {
    RequestPath asked = RequestPath.of(request, area.root());
    if (asked.folder()) {
      throw new RefusedException(
          Refusal.Kind.BAD_NAME, "A file's path has no slash at its end; make folders by mkdir");
    }
    return upload.put(area, asked.path(), onConflict, request);
  }

  Response delete(CallerArea area, HttpServletRequest request, boolean recursive) {
    area.files().delete(unchanged(area, request), recursive);
    return Response.noContent().build();
  }

  Response discard(CallerArea area, HttpServletRequest request) {
    return Response.ok(TrashResource.document(area.files().discard(unchanged(area, request))))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  /** The path that is to be deleted, if what is there is what the request has seen. */
  private static VirtualPath unchanged(CallerArea area, HttpServletRequest request) {
    VirtualPath path = RequestPath.of(request, area.root()).path();
    String ifMatch = request.getHeader(HttpHeaders.IF_MATCH);
    if (ifMatch != null) {
      area.files().require(Permission.DELETE, path);
      FileFacts facts = area.files().existing(path);
      Revision.require(
          ifMatch, null, Optional.of(FileDownload.tag(facts.size(), facts.modified())));
    }
    return path;
  }

  Response operate(CallerArea area, HttpServletRequest request, FileOperation operation) {
    VirtualPath path = RequestPath.of(request, area.root()).path();
    return switch (operation.op()) {
      case "mkdir" -> makeFolder(area, path);
      case "rename" -> rename(area, path, operation.to());
      case null, default ->
          throw new InvalidInputException("op", "choice", "Allowed: mkdir, rename");
    };
  }

  private static Response makeFolder(CallerArea area, VirtualPath path) {
    area.files().makeFolder(path);
    return created(area, path);
  }

  private static Response rename(CallerArea area, VirtualPath from, String to) {
    if (to == null || to.isEmpty()) {
      throw new InvalidInputException("to", "needed", "A value is needed");
    }
    VirtualPath target = VirtualPath.parse(to);
    area.files().rename(from, target);
    return Response.ok(document(area, target))
        .location(URI.create(area.root() + RequestPath.encode(target)))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private static Response created(CallerArea area, VirtualPath path) {
    return Response.created(URI.create(area.root() + RequestPath.encode(path)))
        .entity(document(area, path))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private static Response listing(CallerArea area, VirtualPath folder, ListParameters list) {
    return Response.ok(
            LISTING.page(
                list,
                area.files().list(folder),
                facts -> document(area, folder.child(facts.name()), facts)))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  /** Whoever may neither list nor read does not even learn whether something is there. */
  private static void requireSight(CallerArea area, VirtualPath path) {
    if (!area.files().allows(Permission.LIST, path)) {
      area.files().require(Permission.READ, path);
    }
  }

  private static boolean isFolder(CallerArea area, RequestPath asked) {
    return asked.folder() || area.files().existing(asked.path()).folder();
  }

  static FileDocument document(CallerArea area, VirtualPath path) {
    return document(area, path, area.files().existing(path));
  }

  private static FileDocument document(CallerArea area, VirtualPath path, FileFacts facts) {
    return document(path, facts, facts.folder() ? null : area.isTemplate(path));
  }

  static FileDocument document(VirtualPath path, FileFacts facts) {
    return document(path, facts, null);
  }

  private static FileDocument document(VirtualPath path, FileFacts facts, Boolean template) {
    return new FileDocument(
        path.name(),
        path.relative(),
        facts.folder() ? "FOLDER" : "FILE",
        facts.size(),
        facts.modified(),
        template);
  }
}
