package org.slipway.storage;

import java.util.UUID;

/** Finds the areas: the home of each account and the TFTP area. */
public interface FileAreas {

  /** The home of an account, made when it is first asked for; uploads count against its quota. */
  FileArea home(UUID accountId);

  /** The TFTP area: boot files. */
  FileArea bootFiles();

  /** Removes a home with all that is in it. */
  void deleteHome(UUID accountId);

  /** Counts what is stored in a home and corrects the ledger; returns bytes and files. */
  Stored reconcile(UUID accountId);

  /** What a home holds. */
  record Stored(long bytes, long files) {}
}
