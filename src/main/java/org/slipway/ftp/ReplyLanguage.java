package org.slipway.ftp;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slipway.ftp.wire.Reply;

/** Languages of the texts of replies (RFC 2640 section 4). */
enum ReplyLanguage {
  /** The one in which the texts stand in the code, and in which every session begins. */
  EN("en(-[a-z0-9-]+)?", () -> null),
  /** Simplified Chinese. */
  ZH("zh(-hans)?(-(cn|sg))?", () -> ReplyTexts.CHINESE);

  private final Pattern tags;
  private final Supplier<ReplyTexts> texts;

  ReplyLanguage(String tags, Supplier<ReplyTexts> texts) {
    this.tags = Pattern.compile(tags);
    this.texts = texts;
  }

  /** The one that a tag (RFC 5646) asks for. */
  static Optional<ReplyLanguage> of(String tag) {
    String lower = tag.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(l -> l.tags.matcher(lower).matches()).findFirst();
  }

  /** As FEAT names them: the present one has a star. */
  static String feature(ReplyLanguage present) {
    Set<ReplyLanguage> all = EnumSet.allOf(ReplyLanguage.class);
    return all.stream().map(l -> l + (l == present ? "*" : "")).collect(Collectors.joining(";"));
  }

  /** The same reply in this language. */
  Reply of(Reply english) {
    ReplyTexts own = texts.get();
    return own == null ? english : own.translate(english);
  }
}
