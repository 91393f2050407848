package io.hone.onnx.batchaxis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.operator.OperatorTraits;
import org.junit.jupiter.api.Test;

class RowRulesTest {
  @Test
  void everyOperatorWithARuleHasAnEntryInTheTableOfTraits() {
    assertThat(OperatorTraits.operators()).containsAll(RowRules.operators());
  }
}
