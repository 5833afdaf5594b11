/**
 * Who did or was refused what, when, from where, by which channel. Rows are added; only the count
 * of the newest goes up while the same is seen again, and only the retention deletes, which is an
 * entry too. Texts are kept exactly as received ({@link org.slipway.audit.StoredText}) or marked as
 * cut; whoever shows them escapes them.
 *
 * <p>What is written: every sign-in and sign-out, every refusal that is policy, every change, every
 * file that is stored, replaced, renamed or deleted, every transfer when it ends. What is not: a
 * file that a boot loader looked for in vain, and BOOTP requests without an answer. The latter are
 * told, with the reason and a count, in the timeline of the device or among the unknown devices,
 * which are bounded by themselves.
 *
 * <p>Does not belong here: deciding anything.
 */
package org.slipway.audit;
