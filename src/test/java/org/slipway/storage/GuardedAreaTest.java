package org.slipway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;

/** Each effect needs its permissions, of the path and at the time, and is told to the audit. */
class GuardedAreaTest {
  private static final VirtualPath FILE = VirtualPath.parse("file");
  private static final VirtualPath NEW = VirtualPath.parse("new");

  /** What can be done, and what it needs. */
  private static final Map<String, Effect> EFFECTS =
      Map.of(
          "list", effect(a -> a.list(VirtualPath.ROOT), Permission.LIST),
          "open", effect(a -> close(a.open(FILE)), Permission.READ),
          "sha256", effect(a -> a.sha256(FILE), Permission.READ),
          "makeFolder", effect(a -> a.makeFolder(NEW), Permission.MAKE_FOLDER),
          "rename", effect(a -> a.rename(FILE, NEW), Permission.RENAME),
          "delete", effect(a -> a.delete(FILE, false), Permission.DELETE),
          "discard", effect(a -> a.discard(FILE), Permission.DELETE),
          "upload", effect(a -> upload(a, NEW), Permission.WRITE),
          "overwrite", effect(a -> upload(a, FILE), Permission.WRITE, Permission.OVERWRITE),
          "trashed", effect(GuardedArea::trashed, Permission.LIST));

  private record Effect(Consumer<GuardedArea> action, Set<Permission> needs) {}

  @TempDir Path folder;
  private PortalParts portal;
  private FileArea home;

  private static Effect effect(Consumer<GuardedArea> action, Permission... needs) {
    return new Effect(action, Set.of(needs));
  }

  private static void upload(GuardedArea area, VirtualPath path) {
    try (Upload upload = area.upload(path, Optional.empty(), Optional.of(0L))) {
      upload.publish();
    }
  }

  private static void close(OpenFile file) {
    try {
      file.close();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
    Account ann = portal.user("ann", "a long password", Optional.empty());
    home =
        AuditedArea.home(
            portal.areas.home(ann.id()), portal.audit, new Who("ann", "192.0.2.1", "WEB"));
    upload(area(OnConflict.OVERWRITE, EnumSet.allOf(Permission.class)), FILE);
  }

  @AfterEach
  void closePortal() {
    portal.close();
  }

  /** What the audit trail has of it. */
  private List<String> told() {
    portal.settle();
    return portal.audit.page("", 0, 100).stream()
        .filter(e -> e.action().startsWith("FILE_") || e.action().startsWith("FOLDER_"))
        .map(e -> e.action() + " " + e.subject())
        .toList();
  }

  private GuardedArea area(OnConflict onConflict, Set<Permission> permissions) {
    return new GuardedArea(
        home,
        onConflict,
        (permission, path) -> {
          if (!permissions.contains(permission)) {
            throw new RefusedException(Kind.NO_PERMISSION, permission + " of " + path);
          }
        });
  }

  @Test
  void withoutOneOfItsPermissionsNothingHappens() {
    EFFECTS.forEach((name, effect) ->
        effect
            .needs()
            .forEach(missing -> {
              Set<Permission> others = EnumSet.complementOf(EnumSet.of(missing));
              refused(Kind.NO_PERMISSION, name, area(OnConflict.OVERWRITE, others), effect);
            }));
    assertThat(told()).containsExactly("FILE_STORED /file");
    assertThat(home.stat(FILE)).isPresent();
    assertThat(home.stat(NEW)).isEmpty();
  }

  @Test
  void withItsPermissionsAloneItIsDone() {
    EFFECTS.forEach((name, effect) -> {
      effect.action().accept(area(OnConflict.OVERWRITE, effect.needs()));
      home.stat(NEW).ifPresent(f -> home.deleteTree(NEW));
      upload(area(OnConflict.OVERWRITE, EnumSet.allOf(Permission.class)), FILE);
    });
    assertThat(told())
        .contains(
            "FOLDER_MADE /new", "FILE_RENAMED /file", "FILE_DELETED /file", "FILE_TRASHED /file");
  }

  @Test
  void whatIsInTheTrashNeedsTheSamePermissions() {
    GuardedArea all = area(OnConflict.OVERWRITE, EnumSet.allOf(Permission.class));
    String id = all.discard(FILE).id();
    GuardedArea reader = area(OnConflict.OVERWRITE, Set.of(Permission.LIST, Permission.READ));
    assertThat(reader.trashed()).hasSize(1);
    refused(Kind.NO_PERMISSION, "restore", reader, effect(a -> a.restore(id)));
    refused(Kind.NO_PERMISSION, "purge", reader, effect(a -> a.purge(id)));
    assertThat(all.restore(id)).isEqualTo(FILE);
  }

  @Test
  void anUploadMayWishForWhatDestroysLess() {
    Set<Permission> all = EnumSet.allOf(Permission.class);
    assertThat(area(OnConflict.OVERWRITE, all).conflictChoices())
        .containsExactly(OnConflict.OVERWRITE, OnConflict.RENAME, OnConflict.REJECT);
    wishRefused(OnConflict.REJECT, OnConflict.OVERWRITE);
    wishRefused(OnConflict.REJECT, OnConflict.RENAME);
    wishRefused(OnConflict.RENAME, OnConflict.OVERWRITE);
    try (Upload upload =
        area(OnConflict.OVERWRITE, all)
            .upload(FILE, Optional.of(OnConflict.RENAME), Optional.empty())) {
      assertThat(upload.publish().path()).isEqualTo(VirtualPath.parse("file.new"));
    }
  }

  private void wishRefused(OnConflict own, OnConflict wish) {
    GuardedArea area = area(own, EnumSet.allOf(Permission.class));
    refused(
        Kind.NO_PERMISSION,
        wish.name(),
        area,
        effect(a -> a.upload(NEW, Optional.of(wish), Optional.empty()).close()));
  }

  private static void refused(Kind kind, String what, GuardedArea area, Effect effect) {
    assertThatThrownBy(() -> effect.action().accept(area))
        .as(what)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().kind()).isEqualTo(kind));
  }
}
