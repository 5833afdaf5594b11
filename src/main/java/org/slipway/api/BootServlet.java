package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slipway.accounts.RefusedException;
import org.slipway.provisioning.BootContent;
import org.slipway.provisioning.BootContent.BootTransfer;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferDescription.Direction;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.Transfers;

/**
 * HTTP boot: the files that TFTP serves, to firmware that speaks HTTP. A body that went out whole
 * is the proof of delivery; a part is none.
 */
@WebServlet("/boot/*")
public class BootServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;
  private static final int CHUNK = 128 << 10;

  private final transient BootContent content;
  private final transient Transfers transfers;
  private final transient Authentication authentication;

  @Inject
  public BootServlet(BootContent content, Transfers transfers, Authentication authentication) {
    this.content = content;
    this.transfers = transfers;
    this.authentication = authentication;
  }

  @Override
  protected void doHead(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (BootTransfer file = open(request)) {
      headers(response, file, file.size());
      file.sizeProbed();
    } catch (RefusedException e) {
      Problems.send(response, Problems.of(e.refusal()));
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (BootTransfer file = open(request)) {
      if (isKnown(request, file)) {
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        response.setHeader("ETag", quotedTag(file));
        file.sizeProbed();
        return;
      }
      switch (asked(request, file)) {
        case ByteRange.Asked.Unsatisfiable() -> {
          file.sizeProbed();
          Problems.send(response, Problems.of(416, "The file does not have this part"));
          response.setHeader("Content-Range", "bytes */" + file.size());
        }
        case ByteRange.Asked.Whole() -> {
          headers(response, file, file.size());
          send(request, response, file, new ByteRange(0, file.size()));
        }
        case ByteRange.Asked.Part(ByteRange range) -> {
          headers(response, file, range.length());
          response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
          response.setHeader("Content-Range", range.contentRange(file.size()));
          send(request, response, file, range);
        }
      }
    } catch (RefusedException e) {
      Problems.send(response, Problems.of(e.refusal()));
    }
  }

  private BootTransfer open(HttpServletRequest request) {
    return content.open(
        "HTTP", authentication.address(request), RequestPath.of(request, "/boot").path());
  }

  /** A range of a content that has changed since is none (RFC 9110 section 13.1.5). */
  private static ByteRange.Asked asked(HttpServletRequest request, BootTransfer file) {
    String ifRange = request.getHeader("If-Range");
    return ifRange == null || ifRange.equals(quotedTag(file))
        ? ByteRange.parse(request.getHeader("Range"), file.size())
        : new ByteRange.Asked.Whole();
  }

  /** RFC 9110 section 13.1.2. No delivery: what the client has was not seen to come whole. */
  private static boolean isKnown(HttpServletRequest request, BootTransfer file) {
    String tags = request.getHeader("If-None-Match");
    return tags != null
        && Arrays.stream(tags.split(","))
            .map(tag -> tag.strip().replaceFirst("^W/", ""))
            .anyMatch(tag -> tag.equals("*") || tag.equals(quotedTag(file)));
  }

  private static String quotedTag(BootTransfer file) {
    return "\"" + file.tag() + "\"";
  }

  private static void headers(HttpServletResponse response, BootTransfer file, long length) {
    response.setHeader("ETag", quotedTag(file));
    response.setContentType("application/octet-stream");
    response.setContentLengthLong(length);
    response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }

  private void send(
      HttpServletRequest request, HttpServletResponse response, BootTransfer file, ByteRange range)
      throws IOException {
    AtomicBoolean cancelled = new AtomicBoolean();
    ActiveTransfer transfer =
        transfers.start(description(request, file, range.length()), () -> cancelled.set(true));
    try {
      copy(response.getOutputStream(), file, range, transfer, cancelled);
      boolean whole = range.length() == file.size();
      if (whole) {
        file.delivered();
      } else {
        file.aborted(range.length(), "Only a part of the file was asked for");
      }
      transfer.complete();
    } catch (IOException e) {
      file.aborted(transfer.bytes(), "The connection ended");
      transfer.end(TransferOutcome.ABORTED, "the connection ended");
      throw e;
    } finally {
      transfer.end(TransferOutcome.FAILED, "a fault of the server; the log has the details");
    }
  }

  private TransferDescription description(
      HttpServletRequest request, BootTransfer file, long length) {
    InetAddress client = authentication.address(request);
    return new TransferDescription(
        "HTTP",
        Direction.DOWN,
        Optional.empty(),
        file.device().map(HardwareAddress::text),
        client.getHostAddress(),
        RequestPath.of(request, "/boot").path().toString(),
        Optional.of(length));
  }

  private static void copy(
      OutputStream out,
      BootTransfer file,
      ByteRange range,
      ActiveTransfer transfer,
      AtomicBoolean cancelled)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.clamp(range.length(), 1, CHUNK));
    long position = range.first();
    long end = range.first() + range.length();
    while (position < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
      int n = file.read(buffer, position);
      if (n < 0 || cancelled.get()) {
        throw new EOFException("the transfer was ended before the end of the file");
      }
      position += n;
      if (position == file.size()) {
        file.lastBlockSent();
      }
      out.write(buffer.array(), 0, n);
      transfer.progressed(n);
    }
    out.flush();
  }
}
