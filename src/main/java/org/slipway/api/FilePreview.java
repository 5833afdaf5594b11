package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Optional;
import org.slipway.storage.OpenFile;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferDescription.Direction;

/**
 * What a file looks like: a picture of a few known kinds, or the beginning of a text. Judged by its
 * content, never by its name; whatever could run as a page is given as plain text in a sandbox.
 */
@Singleton
public final class FilePreview {
  private static final int TEXT_BYTES = 64 << 10;
  private static final long MOST_PICTURE_BYTES = 32L << 20;

  private final HttpTransfers transfers;

  @Inject
  public FilePreview(HttpTransfers transfers) {
    this.transfers = transfers;
  }

  Response get(CallerArea area, VirtualPath path) {
    try (OpenFile file = area.files().open(path)) {
      byte[] beginning = beginning(file);
      Optional<String> picture = PreviewKind.picture(beginning);
      boolean whole = beginning.length == file.size();
      Response.ResponseBuilder response =
          picture.isPresent()
              ? picture(area, path, file.size())
              : text(area, path, beginning, whole);
      return response
          .type(picture.orElse("text/plain;charset=utf-8"))
          .header("Content-Security-Policy", "sandbox; default-src 'none'")
          .header(HttpHeaders.CONTENT_DISPOSITION, "inline")
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] beginning(OpenFile file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(file.size(), TEXT_BYTES));
    while (buffer.hasRemaining() && file.channel().read(buffer, buffer.position()) >= 0) {
      // on to the next piece
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  private Response.ResponseBuilder text(
      CallerArea area, VirtualPath path, byte[] beginning, boolean whole) {
    String text =
        PreviewKind.text(beginning, whole)
            .orElseThrow(() ->
                new BrokenRequestException(415, "The file is neither a text nor a known picture"));
    try (HttpTransfer transfer = begin(area, path, beginning.length)) {
      for (int left = beginning.length; left > 0; ) {
        int n = transfer.granted(left);
        transfer.progressed(n);
        left -= n;
      }
      transfer.complete();
    }
    return Response.ok(text).header("Preview-Truncated", !whole);
  }

  private HttpTransfer begin(CallerArea area, VirtualPath path, long bytes) {
    return transfers.begin(area.caller(), Direction.DOWN, path.toString(), Optional.of(bytes));
  }

  private Response.ResponseBuilder picture(CallerArea area, VirtualPath path, long size) {
    if (size > MOST_PICTURE_BYTES) {
      throw new BrokenRequestException(415, "The picture is too large to be shown; download it");
    }
    StreamingOutput body =
        out -> {
          try (HttpTransfer transfer = begin(area, path, size);
              OpenFile file = area.files().open(path)) {
            Channels.newInputStream(file.channel()).transferTo(transfer.counting(out));
            transfer.complete();
          }
        };
    return Response.ok(body);
  }
}
