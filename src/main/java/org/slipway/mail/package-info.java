/**
 * Mail: what the portal has to say to people by SMTP (RFC 5321). A mail is put into the {@link
 * org.slipway.mail.Outbox}, durably and without waiting, in the transaction that it belongs to;
 * {@link org.slipway.mail.MailDelivery} sends it, again and again until it is accepted, refused for
 * good, or of no use any more.
 *
 * <p>Does not belong here: deciding who is told what. That is in the feature that has something to
 * say.
 */
package org.slipway.mail;
