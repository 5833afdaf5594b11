/**
 * How somebody proves who he is: a password ({@link org.slipway.signin.Login}), a second factor
 * ({@link org.slipway.signin.SecondFactor}), or a token in place of both ({@link
 * org.slipway.signin.ApiTokens}).
 *
 * <p>Does not belong here: what an account may do, and what a protocol answers.
 */
package org.slipway.signin;
