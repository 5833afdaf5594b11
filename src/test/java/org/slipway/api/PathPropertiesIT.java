package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slipway.accounts.RefusedException;
import org.slipway.api.Api.Answer;
import org.slipway.storage.NastyPaths;
import org.slipway.storage.VirtualPath;

/** A path means the same by every way in, or nothing. */
class PathPropertiesIT {
  private final Api user = Api.user();
  private final List<String> wrong = new ArrayList<>();

  @Test
  void aPathIsTheSameFileOverFtpAndTheApiOrRefused() throws IOException {
    long seed = NastyPaths.seed();
    System.out.println("PathPropertiesIT seed " + seed);
    try (Ftp ftp = new Ftp(user)) {
      int size = 1;
      for (String text : NastyPaths.of(seed, NastyPaths.count(150))) {
        Optional<VirtualPath> path = parsed(text);
        if (path.isEmpty()) {
          isNowhere(ftp, text);
        } else if (!path.get().isRoot()) {
          isOneFile(ftp, text, path.get(), size++);
        }
      }
    }
    assertThat(wrong).as("seed " + seed).isEmpty();
  }

  private static Optional<VirtualPath> parsed(String text) {
    try {
      return Optional.of(VirtualPath.parse(text));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private void isNowhere(Ftp ftp, String text) throws IOException {
    Answer put = user.upload(address(text), new byte[1]);
    if (put.status / 100 != 4 && !isOfTheContainer(text, put)) {
      wrong.add("PUT " + text + ": " + put);
    }
    if (ftp.canSay(text) && !ftp.say("SIZE " + text).startsWith("5")) {
      wrong.add("SIZE " + text);
    }
  }

  private void isOneFile(Ftp ftp, String text, VirtualPath path, int size) throws IOException {
    String address = "/api/v1/files" + RequestPath.encode(path);
    Answer put = user.upload(address, new byte[size]);
    if (put.status != 201) {
      wrong.add("PUT " + text + ": " + put);
      return;
    }
    if (ftp.canSay(text) && !ftp.say("SIZE " + text).equals("213 " + size)) {
      wrong.add("SIZE " + text);
    }
    Answer got = user.get(address(text));
    boolean same = got.status == 200 && got.body.length == size;
    if (!same && got.status / 100 != 4 && !isOfTheContainer(text, got)) {
      wrong.add("GET " + text + ": " + got);
    }
    user.delete(
        "/api/v1/files/"
            + RequestPath.encode(new VirtualPath(path.segments().subList(0, 1))).substring(1)
            + "?recursive=true");
  }

  /**
   * The container's decoder of paths that end with {@code /.} writes behind the end of its buffer
   * now and then, and the container answers by itself: with nothing, not even the headers that each
   * answer of the portal has. The portal is not asked.
   */
  private static boolean isOfTheContainer(String text, Answer answer) {
    return address(text).endsWith("/.")
        && answer.body.length == 0
        && answer.header("X-Content-Type-Options").isEmpty();
  }

  /** The text as a client that knows nothing of paths encodes it, segment by segment. */
  private static String address(String text) {
    return "/api/v1/files/"
        + Arrays.stream(text.split("/"))
            .map(s -> URLEncoder.encode(s, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
  }

  /** A session of FTP. */
  private static final class Ftp implements AutoCloseable {
    private final Socket socket = new Socket("127.0.0.1", Api.portal().ftpPort());
    private final BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

    Ftp(Api user) throws IOException {
      socket.setSoTimeout(20_000);
      in.readLine();
      say("USER " + user.username);
      assertThat(say("PASS " + Api.password())).startsWith("230 ");
      say("TYPE I");
    }

    /** A line ends at CR LF, and telnet reads CR NUL as CR. */
    boolean canSay(String text) {
      return !text.isEmpty() && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    }

    String say(String line) throws IOException {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      return in.readLine();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
