/**
 * Files: the one path checker ({@link org.slipway.storage.VirtualPath}), the only opener of files
 * ({@link org.slipway.storage.FileArea}), uploads that are invisible until whole ({@link
 * org.slipway.storage.Upload}), what was deleted and can be had back ({@link
 * org.slipway.storage.Trash}), and the effects on files, each with the permissions that it needs
 * ({@link org.slipway.storage.GuardedArea}).
 *
 * <p>Does not belong here: who has a permission, and any protocol.
 */
package org.slipway.storage;
