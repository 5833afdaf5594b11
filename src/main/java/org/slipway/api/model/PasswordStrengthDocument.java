package org.slipway.api.model;

import java.util.List;

/**
 * What the portal thinks of a password.
 *
 * @param score from 0, guessed at once, to 4, hardly ever
 * @param leastScore what {@code slipway.password.min-score} asks for
 * @param accepted whether it may be chosen
 * @param violations why not
 */
public record PasswordStrengthDocument(
    int score, int leastScore, boolean accepted, List<Problem.BadField> violations) {}
