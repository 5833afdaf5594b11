package org.slipway.api.model;

/**
 * A file that has just been stored.
 *
 * @param path the one it has now, which is another than was asked for where it was renamed
 * @param sha256 of its content, lower-case hex
 */
public record StoredFileDocument(String path, long size, String sha256) {}
