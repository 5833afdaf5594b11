package org.slipway.api.model;

import java.util.List;

/** How an account comes in: its second factor, and its tokens without their texts. */
public record SignInDocument(SecondFactorDocument secondFactor, List<TokenDocument> tokens) {}
