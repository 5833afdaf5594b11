package org.slipway.api.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A file or folder.
 *
 * @param path from the root of its area, without a leading slash
 * @param type {@code FILE} or {@code FOLDER}
 * @param size in bytes; 0 for a folder
 * @param template whether it is rendered for each device; absent where files are no boot files
 */
public record FileDocument(
    String name,
    String path,
    String type,
    long size,
    Instant modified,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean template) {}
