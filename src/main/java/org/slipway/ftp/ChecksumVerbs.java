package org.slipway.ftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slipway.ftp.wire.Reply;
import org.slipway.storage.OpenFile;
import org.slipway.storage.VirtualPath;

/** Checksums: HASH (draft-bryan-ftpext-hash), and XCRC XMD5 XSHA256 of older clients. */
final class ChecksumVerbs {
  private static final Reply BROKEN_OFF = new Reply(426, "Broken off; no checksum was computed.");

  /** A path in quotes, begin and end behind it. */
  private static final Pattern RANGE = Pattern.compile("\".*\" (\\d{1,18})(?: (\\d{1,18}))?");

  private ChecksumVerbs() {}

  /** Bytes of a file, the last one not included. */
  private record Range(long from, long to) {}

  static Reply hash(LoggedIn member, LongAnswer beside, String nothing, VirtualPath path)
      throws InterruptedException {
    HashAlgorithm algorithm = member.parameters().hash();
    try (OpenFile file = member.home().open(path)) {
      long size = file.size();
      return beside
          .compute(new FileChecksum(algorithm, file.channel(), 0, size))
          .map(sum -> new Reply(213, "%s 0-%d %s %s".formatted(algorithm.label(), size, sum, path)))
          .orElse(BROKEN_OFF);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** OPTS HASH: asks for the algorithm, or chooses one. */
  static Reply choose(LoggedIn member, String name) {
    if (!name.isBlank()) {
      Optional<HashAlgorithm> chosen = HashAlgorithm.forHash(name.strip());
      if (chosen.isEmpty()) {
        return new Reply(501, "Unknown algorithm; it stays " + member.parameters().hash().label());
      }
      member.parameters().hash(chosen.get());
    }
    return new Reply(200, member.parameters().hash().label());
  }

  static Reply xcrc(LoggedIn member, LongAnswer beside, String argument, VirtualPath path)
      throws InterruptedException {
    return old(member, beside, HashAlgorithm.CRC32, argument, path);
  }

  static Reply xmd5(LoggedIn member, LongAnswer beside, String argument, VirtualPath path)
      throws InterruptedException {
    return old(member, beside, HashAlgorithm.MD5, argument, path);
  }

  static Reply xsha256(LoggedIn member, LongAnswer beside, String argument, VirtualPath path)
      throws InterruptedException {
    return old(member, beside, HashAlgorithm.SHA256, argument, path);
  }

  private static Reply old(
      LoggedIn member,
      LongAnswer beside,
      HashAlgorithm algorithm,
      String argument,
      VirtualPath path)
      throws InterruptedException {
    try (OpenFile file = member.home().open(path)) {
      Range range = range(argument, file.size());
      if (range.from > range.to || range.to > file.size()) {
        return new Reply(501, "The file has no such bytes.");
      }
      return beside
          .compute(new FileChecksum(algorithm, file.channel(), range.from, range.to))
          .map(sum -> new Reply(250, sum.toUpperCase(Locale.ROOT)))
          .orElse(BROKEN_OFF);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Range range(String argument, long size) {
    Matcher m = RANGE.matcher(argument);
    if (!m.matches()) {
      return new Range(0, size);
    }
    return new Range(
        Long.parseLong(m.group(1)), m.group(2) == null ? size : Long.parseLong(m.group(2)));
  }
}
