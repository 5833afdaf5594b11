package org.slipway.api;

import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.storage.FileArea;
import org.slipway.storage.VirtualPath;

/**
 * A file area as one caller may use it.
 *
 * @param root where its files stand in the API, such as {@code /api/v1/files}
 * @param onConflict what becomes of an upload whose name exists
 * @param access throws where the caller lacks a permission
 */
record CallerArea(
    FileArea files, String root, Caller caller, OnConflict onConflict, Access access) {

  /** What the caller may do in the area. */
  interface Access {
    /** In the TFTP area whoever may come in may do everything. */
    Access EVERYTHING = (permission, path) -> {};

    /**
     * @throws org.slipway.accounts.RefusedException if the caller may not
     */
    void require(Permission permission, VirtualPath path);

    /**
     * @throws org.slipway.accounts.RefusedException if the caller may not move it there
     */
    default void requireMove(VirtualPath from, VirtualPath to, boolean folder) {
      require(Permission.RENAME, from);
      require(Permission.RENAME, to);
    }
  }

  void requireMove(VirtualPath from, VirtualPath to, boolean folder) {
    access.requireMove(from, to, folder);
  }

  void require(Permission permission, VirtualPath path) {
    access.require(permission, path);
  }

  boolean allows(Permission permission, VirtualPath path) {
    try {
      access.require(permission, path);
      return true;
    } catch (org.slipway.accounts.RefusedException e) {
      return false;
    }
  }
}
