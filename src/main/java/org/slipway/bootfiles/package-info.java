/**
 * What a name in the TFTP area means for whoever asks for it: remap rules, private folders, and
 * files that are rendered for each device. Every channel that serves boot files asks {@link
 * org.slipway.bootfiles.BootFiles}.
 *
 * <p>Does not belong here: devices, runs, and the files themselves.
 */
package org.slipway.bootfiles;
