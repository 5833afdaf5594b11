package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.FileDocument;
import org.slipway.api.model.FileOperation;
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
    if (isFolder(area, asked)) {
      area.require(Permission.LIST, asked.path());
      return listing(area, asked.path(), list);
    }
    area.require(Permission.READ, asked.path());
    return download.get(area, asked.path(), request, conditions);
  }

  Response head(CallerArea area, HttpServletRequest request) {
    RequestPath asked = RequestPath.of(request, area.root());
    if (isFolder(area, asked)) {
      area.require(Permission.LIST, asked.path());
      return Response.ok().type(MediaType.APPLICATION_JSON_TYPE).build();
    }
    area.require(Permission.READ, asked.path());
    return download.head(area, asked.path());
  }

  Response put(CallerArea area, HttpServletRequest request) {
    RequestPath asked = RequestPath.of(request, area.root());
    if (asked.folder()) {
      throw new RefusedException(
          Refusal.Kind.BAD_NAME, "A file's path has no slash at its end; make folders by mkdir");
    }
    return upload.put(area, asked.path(), request);
  }

  void delete(CallerArea area, HttpServletRequest request, boolean recursive) {
    VirtualPath path = RequestPath.of(request, area.root()).path();
    area.require(Permission.DELETE, path);
    FileFacts facts = existing(area, path);
    if (path.isRoot()) {
      throw new RefusedException(Refusal.Kind.CONFLICT, "The root cannot be deleted");
    }
    Revision.require(
        request.getHeader(HttpHeaders.IF_MATCH),
        null,
        Optional.of(FileDownload.tag(facts.size(), facts.modified())));
    if (!facts.folder()) {
      area.files().deleteFile(path);
    } else if (recursive) {
      area.files().deleteTree(path);
    } else {
      area.files().deleteFolder(path);
    }
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
    if (path.isRoot()) {
      throw new RefusedException(Refusal.Kind.ALREADY_EXISTS, "The root exists");
    }
    for (Optional<VirtualPath> f = Optional.of(path);
        f.isPresent() && (f.get().equals(path) || area.files().stat(f.get()).isEmpty());
        f = f.get().parent()) {
      area.require(Permission.MAKE_FOLDER, f.get());
    }
    area.files().makeFolders(path.parent().orElseThrow());
    area.files().makeFolder(path);
    return created(area, path);
  }

  private static Response rename(CallerArea area, VirtualPath from, String to) {
    area.require(Permission.RENAME, from);
    if (to == null || to.isEmpty()) {
      throw new InvalidInputException("to", "needed", "A value is needed");
    }
    VirtualPath target = VirtualPath.parse(to);
    if (from.isRoot() || target.isRoot() || target.startsWith(from)) {
      throw new RefusedException(
          Refusal.Kind.CONFLICT, "A folder cannot be moved into itself, nor the root at all");
    }
    area.requireMove(from, target, existing(area, from).folder());
    area.files().rename(from, target);
    return Response.ok(document(area, target))
        .location(URI.create(area.root() + RequestPath.encode(target)))
        .build();
  }

  private static Response created(CallerArea area, VirtualPath path) {
    return Response.created(URI.create(area.root() + RequestPath.encode(path)))
        .entity(document(area, path))
        .build();
  }

  private static Response listing(CallerArea area, VirtualPath folder, ListParameters list) {
    List<FileFacts> entries = new ArrayList<>();
    area.files().list(folder, entries::add);
    return Response.ok(
            LISTING.page(list, entries, facts -> document(folder.child(facts.name()), facts)))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private static boolean isFolder(CallerArea area, RequestPath asked) {
    return asked.folder() || existing(area, asked.path()).folder();
  }

  private static FileFacts existing(CallerArea area, VirtualPath path) {
    return area.files()
        .stat(path)
        .orElseThrow(() ->
            new RefusedException(
                Refusal.Kind.NO_SUCH_FILE, "There is no file or folder of this name"));
  }

  private static FileDocument document(CallerArea area, VirtualPath path) {
    return document(path, existing(area, path));
  }

  private static FileDocument document(VirtualPath path, FileFacts facts) {
    return new FileDocument(
        path.name(),
        path.relative(),
        facts.folder() ? "FOLDER" : "FILE",
        facts.size(),
        facts.modified());
  }
}
