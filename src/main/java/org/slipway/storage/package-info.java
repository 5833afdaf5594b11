/**
 * Files: the one path checker ({@link org.slipway.storage.VirtualPath}), the only opener of files
 * ({@link org.slipway.storage.FileArea}), and uploads that are invisible until whole ({@link
 * org.slipway.storage.Upload}).
 *
 * <p>Does not belong here: who may do it, and any protocol.
 */
package org.slipway.storage;
