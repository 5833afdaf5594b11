package org.slipway.ftp;

import org.slipway.ftp.wire.Reply;
import org.slipway.storage.VirtualPath;

/** What a command does; which kind it is says when it may be done at all. */
sealed interface VerbAction {

  /** Before and after the login. */
  @FunctionalInterface
  non-sealed interface ForAnyone extends VerbAction {
    Reply run(FtpSession session, String argument) throws InterruptedException;
  }

  /** Before the login only. */
  @FunctionalInterface
  non-sealed interface ForStranger extends VerbAction {
    Reply run(FtpSession session, BeforeLogin stage, String argument) throws InterruptedException;
  }

  /** After the login only. */
  @FunctionalInterface
  non-sealed interface ForMember extends VerbAction {
    Reply run(LoggedIn member, String argument) throws InterruptedException;
  }

  /** After the login only, with a path of the account's home. */
  @FunctionalInterface
  non-sealed interface OnPath extends VerbAction {
    Reply run(LoggedIn member, VirtualPath path);
  }

  /** The same, where more than the path may stand in the argument. */
  @FunctionalInterface
  non-sealed interface OnPathAndMore extends VerbAction {
    Reply run(LoggedIn member, String argument, VirtualPath path) throws InterruptedException;
  }

  /** The same, beside the control connection, since it takes its time. */
  @FunctionalInterface
  non-sealed interface OnPathBeside extends VerbAction {
    Reply run(LoggedIn member, LongAnswer beside, String argument, VirtualPath path)
        throws InterruptedException;
  }
}
