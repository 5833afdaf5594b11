package org.slipway.api.model;

import java.util.Map;

/**
 * A device.
 *
 * @param hardwareAddress any usual spelling; given lower case with colons
 * @param address the one it is given, null for none
 * @param manifest name of the manifest that it walks
 * @param bootFile offered every time where it has no manifest
 * @param enabled absent is true
 */
public record DeviceDocument(
    String hardwareAddress,
    String name,
    String address,
    String manifest,
    String bootFile,
    Boolean enabled,
    Map<String, String> variables,
    Map<String, String> options,
    TftpDocument tftp) {}
