package org.slipway.ftp;

/** What a {@link WeakServer} does wrong; each has made holes in servers that were widely used. */
enum Weakness {
  /** Takes the first data connection, from wherever it comes. */
  TAKES_ANY_DATA_CONNECTION,
  /** Passive ports follow one another. */
  COUNTS_PASSIVE_PORTS,
  /** PORT and EPRT may name any host and any port. */
  SENDS_DATA_ANYWHERE,
  /** A protected data connection may be anybody's, and one that was cut is whole. */
  TAKES_ANY_TLS_FOR_DATA,
  /** What was read ahead in the clear is obeyed behind the handshake. */
  KEEPS_WHAT_CAME_BEFORE_TLS,
  /** Talks on, whatever the peer speaks and names in ALPN, and repeats what it does not know. */
  TALKS_TO_ANY_PROTOCOL,
  /** Looks where a path leads, and only then uses it. */
  RESOLVES_THEN_OPERATES,
  /** Not every command that reads, replaces or removes asks for the permission. */
  FORGETS_SIBLINGS,
  /** Stars become a regular expression that goes back and forth, braces all that they stand for. */
  BACKTRACKS,
  /** A handshake holds one of a few threads for as long as the peer likes. */
  HANDSHAKES_WITHOUT_DEADLINE
}
