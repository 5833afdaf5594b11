package org.slipway.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which file a client gets for a name that it asks for.
 *
 * @param position its place from 1; absent keeps the place, or is the end
 * @param pattern an RE2 expression for the whole name, without a leading slash
 * @param network name of the network that the client must be in; absent is any
 * @param device hardware address that the client must have; absent is any
 * @param architecture of the client (RFC 4578 section 2.1), such as 7 for UEFI x64; absent is any
 * @param action {@code REWRITE} or {@code DENY}; absent is {@code REWRITE}
 * @param target the new name, with {@code $1} for a group and {@code {{mac}}} for a variable
 * @param proceed {@code continue}: the rules behind it look at the new name
 * @param unlessExists names under which there is a file are left alone
 * @param enabled absent is true
 */
public record RemapRuleDocument(
    String name,
    Integer position,
    String pattern,
    String network,
    String device,
    Integer architecture,
    String action,
    String target,
    @JsonProperty("continue") Boolean proceed,
    Boolean unlessExists,
    Boolean enabled) {}
