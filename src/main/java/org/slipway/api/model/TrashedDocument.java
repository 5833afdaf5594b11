package org.slipway.api.model;

import java.time.Instant;

/**
 * Something in the trash.
 *
 * @param id names it for restoring and deleting
 * @param path where it was, from the root of the home, without a leading slash
 * @param type {@code FILE} or {@code FOLDER}
 * @param size in bytes; 0 for a folder
 */
public record TrashedDocument(
    String id, String name, String path, String type, long size, Instant deleted) {}
