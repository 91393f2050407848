package io.hone.engine.step.evaluate;

import io.hone.api.data.Batch;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.ValueAccumulator;
import io.hone.api.run.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often examples that were made against one model meet their goal on another.
 *
 * <p>Samples that the other model gets wrong when clean are left out and counted. The rate over all
 * counts failures of the attack too; the rate over successes counts the examples that met the goal
 * on the model they were made against. Where the goal names a class, the rates of {@code
 * untargeted} count every wrong class on the other model.
 */
final class TransferRate extends ValueAccumulator {
  static final String ID = "transfer-rate";

  private static final String ALL = "transfer_rate.all";
  private static final String SUCCESSES = "transfer_rate.successes";
  private static final String ALL_UNTARGETED = "transfer_rate.untargeted.all";
  private static final String SUCCESSES_UNTARGETED = "transfer_rate.untargeted.successes";
  private static final String LEFT_OUT = "transfer_rate.left_out";
  private static final List<String> RATES =
      List.of(ALL, SUCCESSES, ALL_UNTARGETED, SUCCESSES_UNTARGETED);

  @Override
  public Map<String, Boolean> rates(Outcome outcome) {
    Map<String, Boolean> rates = new TreeMap<>();
    if (!outcome.verdict().attempted()) {
      return rates;
    }
    boolean example = outcome.received().success();
    boolean met = outcome.verdict().success();
    rates.put(ALL, met);
    if (example) {
      rates.put(SUCCESSES, met);
    }
    if (outcome.sample().target() != Batch.NO_TARGET) {
      boolean wrong = outcome.verdict().prediction() >= 0 && !outcome.correct();
      rates.put(ALL_UNTARGETED, wrong);
      if (example) {
        rates.put(SUCCESSES_UNTARGETED, wrong);
      }
    }
    return rates;
  }

  @Override
  public void add(Outcome outcome) {
    rates(outcome).forEach((rate, met) -> record(rate, met ? 1 : 0));
    if (outcome.verdict().attempted()) {
      record(LEFT_OUT, 0);
    } else if (outcome.verdict().reason().equals(Reason.WRONG_ON_CLEAN)) {
      record(LEFT_OUT, 1);
    }
  }

  @Override
  public Map<String, Double> value() {
    Map<String, Double> figures = new TreeMap<>();
    for (String rate : RATES) {
      if (count(rate) > 0) {
        figures.put(rate, mean(rate));
      }
    }
    if (count(LEFT_OUT) > 0) {
      figures.put(LEFT_OUT, sum(LEFT_OUT));
    }
    return figures;
  }
}
