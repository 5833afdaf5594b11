package org.slipway.api.model;

import java.time.Instant;

/**
 * Who is not let in at present, because of failed sign-ins.
 *
 * @param kind {@code ACCOUNT_AT_ADDRESS}: this account from this address; {@code ACCOUNT}: this
 *     account from addresses that it does not know; {@code ADDRESS}: from this address accounts
 *     that do not know it
 * @param username as it was typed; null for an address
 * @param address an IPv4 address or an IPv6 /64; null for an account
 * @param until when the next attempt is looked at
 * @param failures how many led to it
 */
public record LockOutDocument(
    String id, String kind, String username, String address, Instant until, int failures) {}
