package org.slipway.storage;

import java.time.Instant;

/**
 * What is known of a file or folder.
 *
 * @param name its last name
 * @param size in bytes; 0 for a folder
 */
public record FileFacts(String name, boolean folder, long size, Instant modified) {}
