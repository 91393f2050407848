package io.hone.engine.check;

import io.hone.engine.results.CheckState;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether the model has the classes that the loss and the targets of an attack need: the difference
 * of logits ratio needs 3, toward a target 4, and each target another class than the label. Source:
 * AutoAttack's check of the number of classes. Hone's attacks do with fewer, so it only warns.
 */
public final class ClassCount implements AttackCheck {
  private static final String RATIO = "dlr";
  private static final String TARGETED = "targeted";

  @Override
  public String id() {
    return "classes";
  }

  @Override
  public String measure() {
    return "how many classes the model lacks for the loss or the targets of the attack";
  }

  @Override
  public String threshold() {
    return "0; more only warns";
  }

  @Override
  public Optional<String> flag() {
    return Optional.empty();
  }

  @Override
  public Finding look(CheckedAttack attack) {
    Optional<String> loss = attack.word("loss").filter(name -> name.contains(RATIO));
    OptionalLong targets = attack.whole("targets");
    if (loss.isEmpty() && targets.isEmpty()) {
      return Finding.notApplicable("Neither the loss nor a number of targets needs more classes.");
    }
    boolean targeted =
        attack.goal().targeted() || loss.filter(name -> name.contains(TARGETED)).isPresent();
    long forLoss = loss.isEmpty() ? 0 : targeted ? 4 : 3;
    boolean usesTargets = attack.word("loss").isEmpty() || targeted;
    long forTargets =
        usesTargets && !attack.goal().targeted() && targets.isPresent()
            ? targets.getAsLong() + 1
            : 0;
    int classes = attack.model().classes();
    long missing = Math.max(0, Math.max(forLoss, forTargets) - classes);
    return Finding.of(
        missing == 0 ? CheckState.PASS : CheckState.WARN,
        missing,
        "The model has "
            + classes
            + " classes; the loss needs "
            + Math.max(2, forLoss)
            + (forTargets > 0 ? ", and the targets need " + forTargets : "")
            + ".",
        "The attack falls back to a plain margin, or tries fewer targets. Say so where you report"
            + " the figure; with two classes cross-entropy is enough.");
  }
}
