package org.slipway.storage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;

/**
 * The trash of a folder: {@code .slipway-trash/ID/} holds the deleted thing under the path that it
 * had. The id says when it was deleted and how many names its path has, so that nothing has to be
 * written down beside it and one rename does all of it.
 */
final class FolderTrash implements Trash {
  static final String NAME = VirtualPath.RESERVED_PREFIX + "trash";
  private static final Pattern ID = Pattern.compile("(\\d{13})-(\\d{1,4})-([0-9a-f]{8})");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final FolderArea area;
  private final Folders folders;
  private final Space space;
  private final Clock clock;

  FolderTrash(FolderArea area, Folders folders, Space space, Clock clock) {
    this.area = area;
    this.folders = folders;
    this.space = space;
    this.clock = clock;
  }

  /** What an id says. */
  private record Id(String text, Instant deleted, int depth) {
    static Optional<Id> parse(String text) {
      Matcher m = ID.matcher(text);
      return m.matches()
          ? Optional.of(
              new Id(
                  text,
                  Instant.ofEpochMilli(Long.parseLong(m.group(1))),
                  Integer.parseInt(m.group(2))))
          : Optional.empty();
    }

    static Id fresh(Instant now, int depth) {
      return new Id(
          "%013d-%d-%08x".formatted(now.toEpochMilli(), depth, RANDOM.nextInt()),
          now.truncatedTo(ChronoUnit.MILLIS),
          depth);
    }
  }

  @Override
  public Entry discard(VirtualPath path) {
    FileFacts facts = area.changeable(path);
    Id id = Id.fresh(clock.instant(), path.segments().size());
    List<String> into = below(id.text(), path.parent().orElseThrow().segments());
    space.inOrder(() -> {
      folders.makeAll(into, path);
      move(path.parent().orElseThrow().segments(), path.name(), into, path.name(), path);
      return null;
    });
    space.gone(path);
    return new Entry(id.text(), path, facts, id.deleted());
  }

  @Override
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    ids().forEach(id -> find(id).ifPresent(entries::add));
    entries.sort(Comparator.comparing(Entry::id).reversed());
    return entries;
  }

  private List<Id> ids() {
    return inTrash(trash -> {
      List<Id> ids = new ArrayList<>();
      for (Path entry : trash) {
        Id.parse(entry.getFileName().toString()).ifPresent(ids::add);
      }
      return ids;
    });
  }

  private <R> List<R> inTrash(Folders.Work<List<R>> work) {
    try {
      return folders.in(List.of(NAME), VirtualPath.ROOT, work);
    } catch (RefusedException e) {
      if (e.refusal().kind() == Kind.NO_SUCH_FILE) {
        return List.of();
      }
      throw e;
    }
  }

  /** Goes down to the thing itself; empty where a crash left only the folders for it. */
  private Optional<Entry> find(Id id) {
    try {
      List<String> names = new ArrayList<>();
      FileFacts facts = null;
      for (int i = 0; i < id.depth(); i++) {
        Optional<FileFacts> next =
            folders.in(below(id.text(), names), VirtualPath.ROOT, FolderTrash::only);
        if (next.isEmpty()) {
          return Optional.empty();
        }
        facts = next.get();
        names.add(facts.name());
      }
      return Optional.ofNullable(facts)
          .map(f -> new Entry(id.text(), new VirtualPath(names), f, id.deleted()));
    } catch (RefusedException goneMeanwhile) {
      return Optional.empty();
    }
  }

  private static Optional<FileFacts> only(SecureDirectoryStream<Path> folder) throws IOException {
    for (Path entry : folder) {
      String name = entry.getFileName().toString();
      Optional<BasicFileAttributes> there = Folders.attributes(folder, name);
      if (there.isPresent()) {
        return there.map(a -> FolderArea.facts(name, a));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Entry> find(String id) {
    return Id.parse(id).flatMap(this::find);
  }

  private Entry existing(String id) {
    return find(id)
        .orElseThrow(() -> Faults.refused(Kind.NO_SUCH_FILE, "This is not in the trash any more"));
  }

  @Override
  public VirtualPath restore(String id) {
    Entry entry = existing(id);
    VirtualPath parent = entry.path().parent().orElseThrow();
    VirtualPath[] restored = new VirtualPath[1];
    space.inOrder(() -> {
      folders.makeAll(parent);
      restored[0] = free(entry.path());
      move(
          below(id, parent.segments()),
          entry.path().name(),
          parent.segments(),
          restored[0].name(),
          entry.path());
      return null;
    });
    removeTree(id);
    return restored[0];
  }

  private VirtualPath free(VirtualPath path) {
    return folders.in(
        path.parent().orElseThrow(),
        folder -> {
          String name = path.name();
          for (int i = 1; Folders.attributes(folder, name).isPresent(); i++) {
            name = path.name() + ".new" + (i == 1 ? "" : "." + i);
          }
          return path.sibling(name);
        });
  }

  @Override
  public void delete(String id) {
    existing(id);
    removeTree(id);
  }

  @Override
  public int deleteBefore(Instant instant) {
    List<Id> old = ids().stream().filter(id -> id.deleted().isBefore(instant)).toList();
    old.forEach(id -> removeTree(id.text()));
    return old.size();
  }

  private void removeTree(String id) {
    space.remove(removed ->
        folders.in(
            List.of(NAME),
            VirtualPath.ROOT,
            trash -> {
              Trees.delete(trash, id, removed);
              return null;
            }));
  }

  private void move(
      List<String> from, String name, List<String> to, String newName, VirtualPath shown) {
    folders.in(
        from,
        shown,
        source ->
            folders.in(
                to,
                shown,
                target -> {
                  if (Folders.attributes(source, name).isEmpty()) {
                    throw new NoSuchFileException(name);
                  }
                  source.move(Path.of(name), target, Path.of(newName));
                  return null;
                }));
  }

  private static List<String> below(String id, List<String> names) {
    return Stream.concat(Stream.of(NAME, id), names.stream()).toList();
  }
}
