package org.slipway.api.model;

import java.time.Instant;

/**
 * A file or folder.
 *
 * @param path from the root of its area, without a leading slash
 * @param type {@code FILE} or {@code FOLDER}
 * @param size in bytes; 0 for a folder
 */
public record FileDocument(String name, String path, String type, long size, Instant modified) {}
