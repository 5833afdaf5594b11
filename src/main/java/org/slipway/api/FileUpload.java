package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.StoredFileDocument;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferDescription.Direction;

/** Takes a file as it comes, without holding it; it is there whole or not at all. */
@Singleton
public final class FileUpload {
  private static final int CHUNK = 128 << 10;

  private final HttpTransfers transfers;

  @Inject
  public FileUpload(HttpTransfers transfers) {
    this.transfers = transfers;
  }

  Response put(
      CallerArea area,
      VirtualPath path,
      Optional<OnConflict> onConflict,
      HttpServletRequest request) {
    checkHeaders(request);
    area.files().require(Permission.WRITE, path);
    Revision.require(
        request.getHeader(HttpHeaders.IF_MATCH),
        request.getHeader(HttpHeaders.IF_NONE_MATCH),
        area.files()
            .files()
            .stat(path)
            .filter(f -> !f.folder())
            .map(f -> FileDownload.tag(f.size(), f.modified())));
    Optional<Long> expected =
        Optional.of(request.getContentLengthLong()).filter(length -> length >= 0);
    try (HttpTransfer transfer =
        transfers.begin(area.caller(), Direction.UP, path.toString(), expected)) {
      return put(area, path, onConflict, request, transfer);
    } catch (IOException e) {
      throw new BrokenRequestException(400, "The request ended before its body was whole");
    }
  }

  /** That it was refused is said before the transfer is closed, which would call it broken off. */
  private static Response put(
      CallerArea area,
      VirtualPath path,
      Optional<OnConflict> onConflict,
      HttpServletRequest request,
      HttpTransfer transfer)
      throws IOException {
    try (Upload upload = area.files().upload(path, onConflict, transfer.expectedBytes())) {
      String sha256 = receive(request, upload, transfer);
      Upload.Published published = upload.publish();
      transfer.complete(sha256);
      return stored(area, published, sha256);
    } catch (RefusedException e) {
      transfer.refused(e);
      if (transfer.isEnded()) {
        UnreadBody.leave(request);
      }
      throw e;
    }
  }

  static void checkHeaders(HttpServletRequest request) {
    if (request.getHeader("Content-Range") != null) {
      throw new BrokenRequestException(400, "A part of a file cannot be put");
    }
    if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
      throw new BrokenRequestException(415, "The body must not have a content encoding");
    }
  }

  private static String receive(HttpServletRequest request, Upload upload, HttpTransfer transfer)
      throws IOException {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK];
    InputStream in = UnreadBody.begin(request);
    int n;
    while ((n = transfer.read(in, chunk)) >= 0) {
      digest.update(chunk, 0, n);
      upload.write(ByteBuffer.wrap(chunk, 0, n));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Response stored(CallerArea area, Upload.Published published, String sha256) {
    if (published.replaced()) {
      return Response.noContent().build();
    }
    return Response.created(URI.create(area.root() + RequestPath.encode(published.path())))
        .type("application/json")
        .entity(new StoredFileDocument(published.path().relative(), published.size(), sha256))
        .build();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
