package org.slipway.client;

/** A command that tells a program too how it failed; a person reads the sentence beside it. */
interface PrintsFailures {
  /** As JSON, where that is wanted. */
  void printFailure(CommandFailedException failure);
}
