package org.slipway.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.Refusal.Kind;

/**
 * A home in which shared folders of other accounts stand among its own. Which they are is asked
 * with every call, so that a folder that is not shared any more is gone at once. A shared folder
 * hides what the home itself has under its name.
 */
final class MountedArea implements FileArea {
  private final FolderArea home;
  private final Supplier<Map<String, FolderArea>> mounts;

  /**
   * @param mounts the shared folders by the name under which they stand in the root
   */
  MountedArea(FolderArea home, Supplier<Map<String, FolderArea>> mounts) {
    this.home = home;
    this.mounts = mounts;
  }

  /**
   * Where a path really is.
   *
   * @param mount name of the shared folder; empty for the home itself
   */
  private record Place(FolderArea area, Optional<String> mount, VirtualPath path) {
    /** A path of the same area as the account names it. */
    VirtualPath outward(VirtualPath inner) {
      List<String> segments = new ArrayList<>();
      mount.ifPresent(segments::add);
      segments.addAll(inner.segments());
      return new VirtualPath(segments);
    }

    boolean isMountPoint() {
      return mount.isPresent() && path.isRoot();
    }
  }

  private Place place(VirtualPath path) {
    if (!path.isRoot()) {
      String first = path.segments().getFirst();
      FolderArea shared = mounts.get().get(first);
      if (shared != null) {
        int size = path.segments().size();
        return new Place(
            shared, Optional.of(first), new VirtualPath(path.segments().subList(1, size)));
      }
    }
    return new Place(home, Optional.empty(), path);
  }

  @Override
  public Optional<FileFacts> stat(VirtualPath path) {
    Place place = place(path);
    return place.isMountPoint()
        ? mountPoint(path.name(), place.area())
        : place.area().stat(place.path());
  }

  /** Empty if its owner has removed the folder. */
  private static Optional<FileFacts> mountPoint(String name, FolderArea shared) {
    return shared.rootModified().map(modified -> new FileFacts(name, true, 0, modified));
  }

  @Override
  public void list(VirtualPath folder, Consumer<FileFacts> entries) {
    Place place = place(folder);
    if (!folder.isRoot()) {
      place.area().list(place.path(), entries);
      return;
    }
    Map<String, FolderArea> shared = mounts.get();
    Set<String> hidden = new HashSet<>(shared.keySet());
    shared.forEach((name, area) -> mountPoint(name, area).ifPresent(entries));
    home.list(
        folder,
        entry -> {
          if (!hidden.contains(entry.name())) {
            entries.accept(entry);
          }
        });
  }

  @Override
  public OpenFile open(VirtualPath file) {
    Place place = place(file);
    return place.area().open(place.path());
  }

  @Override
  public Upload upload(
      VirtualPath file, OnConflict onConflict, Optional<Long> expectedBytes, boolean makeParents) {
    Place place = place(file);
    Upload upload = place.area().upload(place.path(), onConflict, expectedBytes, makeParents);
    return place.mount().isEmpty() ? upload : new SharedUpload(upload, place);
  }

  @Override
  public void makeFolder(VirtualPath folder) {
    Place place = place(folder);
    if (place.isMountPoint()) {
      throw Faults.refused(Kind.ALREADY_EXISTS, folder + " exists already");
    }
    place.area().makeFolder(place.path());
  }

  @Override
  public void makeFolders(VirtualPath folder) {
    Place place = place(folder);
    place.area().makeFolders(place.path());
  }

  @Override
  public void deleteFile(VirtualPath file) {
    Place place = place(file);
    place.area().deleteFile(place.path());
  }

  @Override
  public void deleteFolder(VirtualPath folder) {
    Place place = place(folder);
    place.area().deleteFolder(place.path());
  }

  @Override
  public void deleteTree(VirtualPath path) {
    Place place = place(path);
    place.area().deleteTree(place.path());
  }

  @Override
  public void rename(VirtualPath from, VirtualPath to) {
    Place source = place(from);
    Place target = place(to);
    if (source.area() != target.area()) {
      throw Faults.refused(
          Kind.CONFLICT, "It would change its owner there; store a copy and delete this one");
    }
    source.area().rename(source.path(), target.path());
  }

  @Override
  public void setModified(VirtualPath file, Instant time) {
    Place place = place(file);
    place.area().setModified(place.path(), time);
  }

  @Override
  public Optional<QuotaLedger.Usage> usage(VirtualPath folder) {
    return place(folder).area().usage(folder);
  }

  @Override
  public long free(VirtualPath folder) {
    return place(folder).area().free(folder);
  }

  @Override
  public Trash trash() {
    return new MountedTrash();
  }

  @Override
  public String sha256(VirtualPath file) {
    Place place = place(file);
    return place.area().sha256(place.path());
  }

  /** Every place has its own trash, so that a thing stays with its owner; their ids never meet. */
  private final class MountedTrash implements Trash {
    @Override
    public Entry discard(VirtualPath path) {
      Place place = place(path);
      if (place.isMountPoint()) {
        throw Faults.refused(Kind.NO_PERMISSION, "A shared folder stays where it is");
      }
      return outward(place, place.area().trash().discard(place.path()));
    }

    @Override
    public List<Entry> entries() {
      return places().stream()
          .flatMap(
              place -> place.area().trash().entries().stream().map(entry -> outward(place, entry)))
          .sorted(Comparator.comparing(Entry::deleted).reversed())
          .toList();
    }

    @Override
    public Optional<Entry> find(String id) {
      return places().stream()
          .flatMap(
              place -> place.area().trash().find(id).map(entry -> outward(place, entry)).stream())
          .findFirst();
    }

    @Override
    public VirtualPath restore(String id) {
      Place place = holding(id);
      return place.outward(place.area().trash().restore(id));
    }

    @Override
    public void delete(String id) {
      holding(id).area().trash().delete(id);
    }

    /** Those of shared folders are their owners'. */
    @Override
    public int deleteBefore(Instant instant) {
      return home.trash().deleteBefore(instant);
    }

    private Place holding(String id) {
      return places().stream()
          .filter(place -> place.area().trash().find(id).isPresent())
          .findFirst()
          .orElseThrow(
              () -> Faults.refused(Kind.NO_SUCH_FILE, "This is not in the trash any more"));
    }

    private List<Place> places() {
      List<Place> places = new ArrayList<>();
      places.add(new Place(home, Optional.empty(), VirtualPath.ROOT));
      mounts
          .get()
          .forEach(
              (name, area) -> places.add(new Place(area, Optional.of(name), VirtualPath.ROOT)));
      return places;
    }

    private static Entry outward(Place place, Entry entry) {
      return new Entry(entry.id(), place.outward(entry.path()), entry.facts(), entry.deleted());
    }
  }

  /** Names the published file as the one who stored it does. */
  private record SharedUpload(Upload upload, Place place) implements Upload {
    @Override
    public void write(ByteBuffer bytes) {
      upload.write(bytes);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, LongConsumer progress) throws IOException {
      return upload.transferFrom(source, progress);
    }

    @Override
    public long size() {
      return upload.size();
    }

    @Override
    public Published publish() {
      Published published = upload.publish();
      return new Published(
          place.outward(published.path()), published.size(), published.replacedBytes());
    }

    @Override
    public void close() {
      upload.close();
    }
  }
}
