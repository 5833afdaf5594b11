package org.slipway.api.model;

/**
 * What has come by TFTP into the TFTP area and lies there, and how much may.
 *
 * @param quotaBytes {@code slipway.tftp.write-quota}
 */
public record TftpUploadsDocument(
    long usedBytes, long usedFiles, Long quotaBytes, Long quotaFiles) {}
