package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.slipway.storage.OpenFile;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferDescription.Direction;

/**
 * Gives a file, or a part of it. Always as a download of unknown kind: a page that somebody stored
 * must not run as one of ours.
 */
@Singleton
public final class FileDownload {
  private static final int CHUNK = 128 << 10;

  private final HttpTransfers transfers;

  @Inject
  public FileDownload(HttpTransfers transfers) {
    this.transfers = transfers;
  }

  /** Another content has another tag: every store makes a new file with its own time. */
  static String tag(long size, Instant modified) {
    return "%x-%x-%x".formatted(size, modified.getEpochSecond(), modified.getNano());
  }

  /** The headers alone (RFC 9110 section 9.3.2). */
  Response head(CallerArea area, VirtualPath path) {
    try (OpenFile file = area.files().open(path)) {
      return headers(Response.ok(), path, file)
          .type(MediaType.APPLICATION_OCTET_STREAM_TYPE)
          .header(HttpHeaders.CONTENT_LENGTH, file.size())
          .build();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Response get(CallerArea area, VirtualPath path, HttpServletRequest headers, Request conditions) {
    OpenFile file = area.files().open(path);
    boolean streams = false;
    try {
      Response.ResponseBuilder unmet =
          conditions.evaluatePreconditions(
              Date.from(file.modified()), new EntityTag(tag(file.size(), file.modified())));
      if (unmet != null) {
        return unmet.build();
      }
      Response response = content(area, path, file, asked(headers, file));
      streams = response.hasEntity() && response.getStatus() < 400;
      return response;
    } finally {
      if (!streams) {
        close(file);
      }
    }
  }

  private Response content(
      CallerArea area, VirtualPath path, OpenFile file, ByteRange.Asked asked) {
    return switch (asked) {
      case ByteRange.Asked.Unsatisfiable() ->
          Response.fromResponse(
                  Problems.response(Problems.of(416, "The file does not have this part")))
              .header("Content-Range", "bytes */" + file.size())
              .build();
      case ByteRange.Asked.Whole() ->
          stream(Response.ok(), area, path, file, new ByteRange(0, file.size()));
      case ByteRange.Asked.Part(ByteRange range) ->
          stream(
              Response.status(Response.Status.PARTIAL_CONTENT)
                  .header("Content-Range", range.contentRange(file.size())),
              area,
              path,
              file,
              range);
    };
  }

  /** A range of a file that has changed since is none (RFC 9110 section 13.1.5). */
  private static ByteRange.Asked asked(HttpServletRequest headers, OpenFile file) {
    String ifRange = headers.getHeader("If-Range");
    String tag = "\"" + tag(file.size(), file.modified()) + "\"";
    return ifRange == null || ifRange.equals(tag)
        ? ByteRange.parse(headers.getHeader("Range"), file.size())
        : new ByteRange.Asked.Whole();
  }

  private Response stream(
      Response.ResponseBuilder response,
      CallerArea area,
      VirtualPath path,
      OpenFile file,
      ByteRange range) {
    HttpTransfer transfer =
        transfers.begin(
            area.caller(), Direction.DOWN, path.toString(), Optional.of(range.length()));
    StreamingOutput body = out -> copy(file, range, transfer, out);
    return headers(response, path, file)
        .type(MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, range.length())
        .entity(body)
        .build();
  }

  private static Response.ResponseBuilder headers(
      Response.ResponseBuilder response, VirtualPath path, OpenFile file) {
    return response
        .tag(new EntityTag(tag(file.size(), file.modified())))
        .lastModified(Date.from(file.modified()))
        .header("Accept-Ranges", "bytes")
        .header(HttpHeaders.CONTENT_DISPOSITION, attachment(path.name()));
  }

  /** A name of any letters, for the browser to store the body under (RFC 6266, RFC 8187). */
  static String attachment(String name) {
    return "attachment; filename*=UTF-8''"
        + RequestPath.encode(VirtualPath.ROOT.child(name)).substring(1);
  }

  private static void copy(OpenFile file, ByteRange range, HttpTransfer transfer, OutputStream out)
      throws IOException {
    try (transfer;
        file) {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.clamp(range.length(), 1, CHUNK));
      long position = range.first();
      long end = range.first() + range.length();
      while (position < end) {
        int most = (int) Math.min(buffer.capacity(), end - position);
        buffer.clear().limit(transfer.granted(most));
        int n = file.channel().read(buffer, position);
        if (n < 0) {
          throw new EOFException("the file was cut while it was read");
        }
        out.write(buffer.array(), 0, n);
        position += n;
        transfer.progressed(n);
      }
      out.flush();
      transfer.complete();
    }
  }

  private static void close(OpenFile file) {
    try {
      file.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
