package org.slipway.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;

/**
 * How a whole provisioning went, as {@code --json} prints it and {@code --report} keeps it.
 *
 * @param outcome name of the exit code
 * @param error the sentence; absent if all went well
 * @param address what the server gave the device; absent if nobody answered
 * @param portal what came of telling it; absent if there was nothing to tell
 * @param list name of the file list; absent if there is none
 */
@JsonInclude(Include.NON_NULL)
record ProvisionReport(
    ExitCode outcome,
    int exitCode,
    String error,
    String host,
    String hardwareAddress,
    String address,
    String list,
    List<MovedFile> files,
    PortalNotice.Result portal,
    double seconds) {}
