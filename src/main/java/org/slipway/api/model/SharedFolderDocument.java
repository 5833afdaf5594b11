package org.slipway.api.model;

import java.util.List;

/**
 * A folder of one account that its members find in their homes as {@code /NAME}.
 *
 * @param owner user name of the account whose home it lies in and whose quota it uses
 * @param path of the folder in that home
 */
public record SharedFolderDocument(
    String name, String description, String owner, String path, List<Member> members) {

  /**
   * An account or all accounts of a group; one of both is given.
   *
   * @param permissions what they may do in the folder
   */
  public record Member(String account, String group, List<String> permissions) {}
}
