/**
 * The pages: one backing bean for each, who may open which ({@link org.slipway.web.Page}), sessions
 * of the browser, and how values, states and refusals are put into words of the reader's language.
 *
 * <p>What a page streams goes to the API, past {@link org.slipway.web.FilesGuard}.
 *
 * <p>Does not belong here: any decision of policy, and anything that the REST API needs too.
 */
package org.slipway.web;
