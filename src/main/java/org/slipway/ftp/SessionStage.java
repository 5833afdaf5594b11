package org.slipway.ftp;

/**
 * How far a session has come. What only an account may do needs a {@link LoggedIn}, which nobody
 * has before the login.
 */
sealed interface SessionStage permits BeforeLogin, LoggedIn {}
