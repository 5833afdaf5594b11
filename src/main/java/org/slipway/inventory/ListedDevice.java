package org.slipway.inventory;

import org.slipway.provisioning.HardwareAddress;

/**
 * A device that a list names.
 *
 * @param line where its entry begins, from 1
 * @param text the entry as it came
 * @param edit what the entry says of it
 */
record ListedDevice(int line, String text, HardwareAddress hardwareAddress, DeviceEdit edit) {}
