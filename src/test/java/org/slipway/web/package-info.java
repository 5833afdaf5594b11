/**
 * Tests of the pages. What they are driven by, page by page:
 *
 * <table>
 *   <caption>Forms, their inputs and buttons; the id of each is FORM:NAME</caption>
 *   <tr><th>page</th><th>form</th><th>inputs</th><th>buttons</th></tr>
 *   <tr><td>/setup.xhtml?token=</td><td>setup</td><td>username email password repeated</td><td>submit</td></tr>
 *   <tr><td>/signin.xhtml</td><td>signin</td><td>username password</td><td>submit</td></tr>
 *   <tr><td></td><td></td><td>#lockedOut (shown)</td><td></td></tr>
 *   <tr><td>/unlock.xhtml?token=</td><td>unlock</td><td>username; #unlocked (shown)</td><td>submit</td></tr>
 *   <tr><td>/register.xhtml</td><td>register</td><td>username email displayName password repeated</td><td>submit</td></tr>
 *   <tr><td>/registration.xhtml?id=</td><td>registration</td><td>state, reason, username (shown)</td><td>link #toSignIn once approved</td></tr>
 *   <tr><td>every page</td><td>appearance</td><td></td><td>language theme signOut</td></tr>
 *   <tr><td>/home.xhtml</td><td>overview</td><td>#quotaBytes #quotaFiles #ownName (shown)</td><td></td></tr>
 *   <tr><td>/accounts/approvals.xhtml</td><td>approvals</td><td></td><td>table:ROW:approve table:ROW:reject</td></tr>
 *   <tr><td></td><td>approveForm</td><td>role quotaBytes quotaFiles</td><td>submit</td></tr>
 *   <tr><td></td><td>rejectForm</td><td>statusReason</td><td>submit</td></tr>
 *   <tr><td>/accounts/accounts.xhtml</td><td>accounts</td><td>query</td><td>add table:ROW:edit table:ROW:password table:ROW:suspend table:ROW:reactivate table:ROW:unlock table:ROW:delete lockOuts:ROW:lift</td></tr>
 *   <tr><td></td><td>accessForm</td><td>ftpTls ftpTlsDataSession nameCharset bandwidthUp bandwidthDown</td><td>submit</td></tr>
 *   <tr><td></td><td>accountForm</td><td>username password displayName email role quotaBytes quotaFiles maxSessions expires onConflict</td><td>submit</td></tr>
 *   <tr><td></td><td>passwordForm, suspendForm, deleteForm</td><td>password; statusReason; withFiles</td><td>submit</td></tr>
 *   <tr><td>/devices/devices.xhtml</td><td>devices</td><td>query</td><td>addFirst (while there is none) add table:ROW:edit table:ROW:delete unknown:ROW:adopt</td></tr>
 *   <tr><td></td><td>deviceForm</td><td>hardwareAddress name address manifest bootFile enabled variables options</td><td>submit</td></tr>
 *   <tr><td>/devices/device.xhtml?mac=</td><td>device</td><td>timeline explanation (shown)</td><td>edit rearm provisioned (after a run)</td></tr>
 * </table>
 */
package org.slipway.web;
