package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.storage.FileFacts;
import org.slipway.storage.GuardedArea;
import org.slipway.storage.OpenFile;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferDescription.Direction;

/**
 * Several files and folders as one archive, made while it is sent: nothing of it is held or stored,
 * however large it is (the archive is ZIP64 where it must be, its names are UTF-8). What the caller
 * may not read, what is a link and what goes meanwhile is left out.
 */
@Singleton
public final class ZipDownload {
  private static final Set<Kind> LEFT_OUT =
      Set.of(Kind.NO_PERMISSION, Kind.NO_SUCH_FILE, Kind.NOT_A_FOLDER, Kind.IS_A_FOLDER);

  private final HttpTransfers transfers;

  @Inject
  public ZipDownload(HttpTransfers transfers) {
    this.transfers = transfers;
  }

  /**
   * @param names of things in the folder; none is everything in it
   */
  Response get(CallerArea area, VirtualPath folder, List<String> names) {
    GuardedArea files = area.files();
    files.require(Permission.LIST, folder);
    if (!files.existing(folder).folder()) {
      throw new RefusedException(Kind.NOT_A_FOLDER, "Only a folder has things for an archive");
    }
    for (String name : names) {
      VirtualPath path = folder.child(name);
      boolean isFolder = files.existing(path).folder();
      files.require(isFolder ? Permission.LIST : Permission.READ, path);
    }
    HttpTransfer transfer =
        transfers.begin(area.caller(), Direction.DOWN, folder.toString(), Optional.empty());
    StreamingOutput body =
        out -> {
          try (transfer) {
            write(files, folder, names, transfer.counting(out));
            transfer.complete();
          }
        };
    String name = names.size() == 1 ? names.getFirst() : folder.isRoot() ? "files" : folder.name();
    return Response.ok(body)
        .type("application/zip")
        .header(HttpHeaders.CONTENT_DISPOSITION, FileDownload.attachment(shortened(name) + ".zip"))
        .build();
  }

  /** So that the ending still fits into a name. */
  private static String shortened(String name) {
    return name.substring(
        0, name.offsetByCodePoints(0, Math.min(60, name.codePointCount(0, name.length()))));
  }

  static void write(GuardedArea files, VirtualPath folder, List<String> names, OutputStream out)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
    Archive archive = new Archive(files, zip);
    try {
      if (names.isEmpty()) {
        archive.addContent(folder, "");
      } else {
        for (String name : names) {
          archive.addNamed(folder.child(name));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    zip.finish();
    zip.flush();
  }

  /** Walks folders as they are read, so that even a very full one is never held. */
  private record Archive(GuardedArea files, ZipOutputStream zip) {

    void addContent(VirtualPath folder, String prefix) {
      try {
        files.require(Permission.LIST, folder);
        files.files().list(folder, facts -> add(folder.child(facts.name()), facts, prefix));
      } catch (RefusedException e) {
        leaveOut(e);
      }
    }

    void addNamed(VirtualPath path) {
      try {
        add(path, files.existing(path), "");
      } catch (RefusedException e) {
        leaveOut(e);
      }
    }

    void add(VirtualPath path, FileFacts facts, String prefix) {
      try {
        if (facts.folder()) {
          String name = prefix + facts.name() + "/";
          zip.putNextEntry(entry(name, facts));
          zip.closeEntry();
          addContent(path, name);
        } else {
          addFile(path, facts, prefix);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void addFile(VirtualPath path, FileFacts facts, String prefix) throws IOException {
      OpenFile file;
      try {
        file = files.open(path);
      } catch (RefusedException e) {
        leaveOut(e);
        return;
      }
      try (file) {
        zip.putNextEntry(entry(prefix + facts.name(), facts));
        Channels.newInputStream(file.channel()).transferTo(zip);
        zip.closeEntry();
      }
    }

    private static ZipEntry entry(String name, FileFacts facts) {
      ZipEntry entry = new ZipEntry(name);
      entry.setLastModifiedTime(FileTime.from(facts.modified()));
      return entry;
    }

    private static void leaveOut(RefusedException e) {
      if (!LEFT_OUT.contains(e.refusal().kind())) {
        throw e;
      }
    }
  }
}
