/**
 * The records that the REST API takes and gives, spelled as the contract spells them. The
 * command-line client reads and writes the same ones.
 *
 * <p>Does not belong here: any type of the server. Choices and addresses are texts; the server says
 * which ones it takes.
 */
package org.slipway.api.model;
