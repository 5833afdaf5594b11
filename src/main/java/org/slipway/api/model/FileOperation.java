package org.slipway.api.model;

/**
 * What to do with a path.
 *
 * @param op {@code mkdir} or {@code rename}
 * @param to the new path from the root of the area, for {@code rename}
 */
public record FileOperation(String op, String to) {}
