package io.hone.onnx.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.operator.OperatorTraits;
import org.junit.jupiter.api.Test;

class ShapeRulesTest {
  @Test
  void everyOperatorWithARuleHasAnEntryInTheTableOfTraits() {
    assertThat(OperatorTraits.operators()).containsAll(ShapeRules.operators());
  }
}
