package org.slipway.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.slipway.signin.Scope;

/**
 * A method that needs no more than a login is open to tokens with all of these scopes; to every
 * token where none is named. Without this annotation it is open to no token.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ForTokens {
  Scope[] value() default {};
}
