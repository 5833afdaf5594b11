package org.slipway.api;

import java.util.function.BiConsumer;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.storage.FileArea;
import org.slipway.storage.VirtualPath;

/**
 * A file area as one caller may use it.
 *
 * @param root where its files stand in the API, such as {@code /api/v1/files}
 * @param onConflict what becomes of an upload whose name exists
 * @param permitted throws where the caller lacks a permission
 */
record CallerArea(
    FileArea files,
    String root,
    Caller caller,
    OnConflict onConflict,
    BiConsumer<Permission, VirtualPath> permitted) {

  void require(Permission permission, VirtualPath path) {
    permitted.accept(permission, path);
  }

  boolean allows(Permission permission, VirtualPath path) {
    try {
      permitted.accept(permission, path);
      return true;
    } catch (org.slipway.accounts.RefusedException e) {
      return false;
    }
  }
}
