package org.slipway.startup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slipway.portal.FilesByForms;
import org.slipway.portal.RunningPortal;
import org.slipway.portal.Visitor;

/**
 * Stores files by the page of one's own files: uploads as its script does, the rest by its forms.
 */
final class WebStoringClient implements StoringClient {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private final Visitor visitor;
  private final String token;

  WebStoringClient(RunningPortal portal, String username, String password) throws IOException {
    try {
      visitor = Visitor.signedIn(portal, username, password);
      token = visitor.token();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A deed on the page; that its connection breaks is said as the other clients say it. */
  private interface Deed {
    int done() throws IOException;
  }

  private static int unwrapped(Deed deed) throws IOException {
    try {
      return deed.done();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public int store(String path, byte[] content) throws IOException {
    return unwrapped(() -> {
      HttpResponse<String> announced = announce(path, content.length);
      if (announced.statusCode() != 201) {
        return announced.statusCode();
      }
      String upload = upload(announced);
      int status = piece(upload, 0, BodyPublishers.ofByteArray(content));
      if (status != 201) {
        cancel(upload);
      }
      return status;
    });
  }

  /** Breaks off; then gives up, or goes on where the server is. */
  @Override
  public int abort(String path, int size) throws IOException {
    return unwrapped(() -> {
      HttpResponse<String> announced = announce(path, size);
      if (announced.statusCode() != 201) {
        return announced.statusCode();
      }
      String upload = upload(announced);
      try {
        piece(upload, 0, BodyPublishers.ofInputStream(() -> broken(size / 2)));
      } catch (UncheckedIOException asWanted) {
        // The connection is gone.
      }
      if (size % 2 == 0) {
        return cancel(upload);
      }
      long offset =
          visitor
              .send("HEAD", "/my/uploads/" + upload, BodyPublishers.noBody())
              .headers()
              .firstValueAsLong("Upload-Offset")
              .orElse(0);
      int status =
          piece(upload, offset, BodyPublishers.ofByteArray(new byte[(int) (size - offset)]));
      if (status != 201) {
        cancel(upload);
      }
      return status;
    });
  }

  private static InputStream broken(int size) {
    return new SequenceInputStream(
        new ByteArrayInputStream(new byte[size]),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken off");
          }
        });
  }

  private HttpResponse<String> announce(String path, long size) {
    return send(
        "POST",
        "/my/uploads",
        "application/json",
        BodyPublishers.ofString(
            "{\"path\":\"%s\",\"size\":%d,\"onConflict\":\"OVERWRITE\"}".formatted(path, size)));
  }

  private static String upload(HttpResponse<String> announced) {
    Matcher id = ID.matcher(announced.body());
    if (!id.find()) {
      throw new IllegalStateException(announced.body());
    }
    return id.group(1);
  }

  private int piece(String upload, long offset, BodyPublisher body) {
    return visitor
        .send(
            "PATCH",
            "/my/uploads/" + upload,
            body,
            "X-CSRF-Token",
            token,
            "Upload-Offset",
            String.valueOf(offset),
            "Content-Type",
            "application/offset+octet-stream")
        .statusCode();
  }

  private int cancel(String upload) {
    return send("DELETE", "/my/uploads/" + upload, "application/json", BodyPublishers.noBody())
        .statusCode();
  }

  private HttpResponse<String> send(String method, String path, String type, BodyPublisher body) {
    return visitor.send(method, path, body, "X-CSRF-Token", token, "Content-Type", type);
  }

  /** To the trash, and out of it: what is in it counts. */
  @Override
  public int delete(String path) throws IOException {
    return unwrapped(() -> {
      FilesByForms files = new FilesByForms(visitor, parent(path));
      int status = files.discard(name(path));
      if (status == 200) {
        files.openTrash();
        files.emptyTrash();
      }
      return status;
    });
  }

  /** Within a folder renamed, else moved. */
  @Override
  public int rename(String from, String to) throws IOException {
    return unwrapped(() -> {
      FilesByForms files = new FilesByForms(visitor, parent(from));
      if (parent(from).equals(parent(to))) {
        return files.rename(name(from), name(to));
      }
      try {
        files.chooseToMove(name(from), parent(to));
      } catch (IllegalStateException noSuchFolder) {
        return 404;
      }
      return files.moveChosen();
    });
  }

  @Override
  public int makeFolder(String path) throws IOException {
    return unwrapped(() -> new FilesByForms(visitor, parent(path)).makeFolder(name(path)));
  }

  @Override
  public int deleteFolder(String path) throws IOException {
    return delete(path);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public void close() {
    try {
      visitor.signOut();
    } catch (UncheckedIOException e) {
      // The portal has gone first.
    }
  }
}
