package org.slipway.api.model;

/**
 * What a device, or each device of a network, may do by TFTP; what is absent is said by the
 * network, then by the settings.
 *
 * @param maxBlksize 8 to 65464 octets
 * @param maxWindowsize 1 to 65535 blocks
 * @param options false: no option is granted
 * @param rollover the block number after 65535, 0 or 1
 * @param write {@code NONE}, {@code REJECT}, {@code OVERWRITE} or {@code RENAME}
 * @param uploadFolder such as {@code /uploads/lab}
 */
public record TftpDocument(
    Integer maxBlksize,
    Integer maxWindowsize,
    Boolean options,
    Integer rollover,
    String write,
    String uploadFolder) {}
