package org.slipway.api.model;

/**
 * A file that is to be sent in pieces.
 *
 * @param path where it will be, from the root of the home
 * @param size of all of it in bytes
 * @param onConflict {@code OVERWRITE}, {@code REJECT} or {@code RENAME}; absent as the account says
 */
public record UploadRequest(String path, Long size, String onConflict) {}
