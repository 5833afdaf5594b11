package org.slipway.api.model;

import java.time.Instant;

/**
 * A file that is being sent in pieces.
 *
 * @param offset how many bytes are here
 * @param expires when it will be dropped if nothing more of it comes
 */
public record UploadDocument(String id, String path, long size, long offset, Instant expires) {}
