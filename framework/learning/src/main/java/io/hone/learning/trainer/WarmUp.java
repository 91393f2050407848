package io.hone.learning.trainer;

import io.hone.api.train.ComponentUse;
import io.hone.api.train.RefusedChoiceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attack of each epoch: its epsilon grows by equal steps over the first epochs.
 *
 * @param whole the attack with all of its epsilon
 * @param epochs before the attack has all of it, at least 0
 */
record WarmUp(ComponentUse whole, int epochs) {
  private static final String EPSILON = "epsilon";

  /** Refuses to warm up an attack without epsilon. */
  WarmUp {
    if (epochs > 0 && !(whole.parameters().get(EPSILON) instanceof Number)) {
      throw new RefusedChoiceException(
          "with.warm-up",
          "the attack '"
              + whole.id()
              + "' is given no epsilon that could grow; name one at attack.with.epsilon, or remove"
              + " warm-up");
    }
  }

  /** Returns the attack of an epoch, counted from 0. */
  ComponentUse in(int epoch) {
    if (epoch >= epochs || !(whole.parameters().get(EPSILON) instanceof Number epsilon)) {
      return whole;
    }
    Map<String, Object> smaller = new LinkedHashMap<>(whole.parameters());
    smaller.put(EPSILON, epsilon.doubleValue() * (epoch + 1) / (epochs + 1));
    return new ComponentUse(whole.kind(), whole.id(), smaller);
  }

  /** Returns all attacks, the whole one last. */
  List<ComponentUse> all() {
    List<ComponentUse> all = new ArrayList<>();
    for (int epoch = 0; epoch <= epochs; epoch++) {
      all.add(in(epoch));
    }
    return all;
  }
}
