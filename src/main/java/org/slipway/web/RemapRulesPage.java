package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.bootfiles.KnownRules;
import org.slipway.bootfiles.RemapRule;
import org.slipway.bootfiles.RemapRules;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;

/** The rules that say which file a client gets for the name that it asks for, in their order. */
@Named
@ViewScoped
public class RemapRulesPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "ruleForm";

  @Inject private transient RemapRules rules;
  @Inject private transient Networks networks;
  @Inject private transient Me me;
  private RemapRuleForm form = new RemapRuleForm();
  private String chosen = "";

  public List<RemapRule> getRules() {
    return rules.all();
  }

  public boolean isNothing() {
    return rules.all().isEmpty();
  }

  public RemapRule.Action[] getActions() {
    return RemapRule.Action.values();
  }

  public KnownRules[] getSets() {
    return KnownRules.values();
  }

  public List<String> getNetworks() {
    return networks.all().stream().map(Network::name).sorted().toList();
  }

  /** Whom the rule is for, where it is not for everybody. */
  public String condition(RemapRule rule) {
    StringBuilder text = new StringBuilder();
    rule.network().ifPresent(n -> text.append(Words.text("rules.inNetwork", n)).append(' '));
    rule.device().ifPresent(d -> text.append(d).append(' '));
    rule.architecture()
        .ifPresent(a -> text.append(Words.text("rules.ofArchitecture", String.valueOf(a))));
    return text.toString().strip();
  }

  public void add() {
    form = new RemapRuleForm();
  }

  public void edit(String name) {
    form = RemapRuleForm.of(existing(name));
  }

  public void save() {
    me.require(Action.MANAGE_BOOT_FILES);
    if (Feedback.tried(FORM, this::store)) {
      Feedback.done("rules.saved", form.getName().strip());
    }
  }

  private void store() {
    RemapRule rule = form.read();
    if (form.isFresh() && rules.find(rule.name()).isPresent()) {
      throw new InvalidInputException(
          "name", "rule.taken", "There is a remap rule of this name already");
    }
    OptionalLong seen = form.isFresh() ? OptionalLong.empty() : OptionalLong.of(form.revision());
    rules.put(rule, OptionalInt.empty(), seen, me.who());
  }

  public void up(String name) {
    move(name, -1);
  }

  public void down(String name) {
    move(name, 1);
  }

  private void move(String name, int by) {
    me.require(Action.MANAGE_BOOT_FILES);
    Feedback.tried(
        "rules",
        () -> {
          RemapRule rule = existing(name);
          rules.put(
              rule,
              OptionalInt.of(rule.position() + by),
              OptionalLong.of(rule.revision()),
              me.who());
        });
  }

  /** Adds well-known rules that are not there yet. */
  public void addSet(KnownRules set) {
    me.require(Action.MANAGE_BOOT_FILES);
    Feedback.tried("rules", () -> Feedback.done("rules.setAdded", rules.add(set, me.who()).size()));
  }

  /** Opens the dialog that asks before a rule is deleted. */
  public void choose(String name) {
    chosen = name;
  }

  public void delete() {
    me.require(Action.MANAGE_BOOT_FILES);
    if (Feedback.tried("deleteForm", () -> rules.delete(chosen, OptionalLong.empty(), me.who()))) {
      Feedback.done("deleted", chosen);
    }
  }

  private RemapRule existing(String name) {
    return rules
        .find(name)
        .orElseThrow(() ->
            Refusal.of(Refusal.Kind.NO_SUCH_THING, "There is no remap rule " + name).asException());
  }

  public RemapRuleForm getForm() {
    return form;
  }

  public String getChosen() {
    return chosen;
  }
}
