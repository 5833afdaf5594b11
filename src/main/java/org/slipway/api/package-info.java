/**
 * The REST API under {@code /api/v1}, and what stands beside it for machines: HTTP boot, health,
 * metrics and the description of the API. Everything that a page can do can be done here.
 *
 * <p>Every resource method says who may call it ({@link org.slipway.api.Needs}, {@link
 * org.slipway.api.NeedsLogin}, {@link org.slipway.api.PublicAccess}); one that says nothing answers
 * 403. Errors are problem documents (RFC 9457), made in one place.
 *
 * <p>A browser that is signed in reaches the resources of its own files under {@code /my} ({@link
 * org.slipway.api.BrowserFiles}); the API itself knows no cookie.
 *
 * <p>Does not belong here: rules. A resource reads a request, asks a service of the feature and
 * writes what it says.
 */
package org.slipway.api;
