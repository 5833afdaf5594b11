package org.slipway.api.model;

/**
 * What to do with a path.
 *
 * @param op {@code mkdir} or {@code rename}; of a boot file {@code template}, too
 * @param to the new path from the root of the area, for {@code rename}
 * @param template whether the file is rendered for each device, for {@code template}
 */
public record FileOperation(String op, String to, Boolean template) {}
