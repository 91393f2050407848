package io.hone.onnx.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.gradient.operator.StandardGradients;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperatorTraitsTest {
  @Test
  void everyOperatorWithAGradientHasAnEntry() {
    assertThat(OperatorTraits.operators()).containsAll(StandardGradients.registry().operators());
  }

  @Test
  void theShapeOfAnOperatorFollowsFromOneTraitAtMost() {
    Set<OperatorTrait> families =
        EnumSet.of(
            OperatorTrait.ELEMENTWISE,
            OperatorTrait.BROADCASTING,
            OperatorTrait.REDUCING,
            OperatorTrait.KEEPS_SHAPE);
    assertThat(OperatorTraits.operators())
        .allSatisfy(
            operator ->
                assertThat(families.stream().filter(family -> family.isOf(operator)))
                    .as(operator)
                    .hasSizeLessThan(2));
  }

  @Test
  void whatReturnsAViewMovesOrDrops() {
    assertThat(OperatorTrait.VIEWS.operators())
        .allMatch(
            operator -> OperatorTrait.MOVES.isOf(operator) || OperatorTrait.DROPS.isOf(operator));
  }

  @Test
  void operatorsOfOtherDomainsHaveNoTraits() {
    GraphEditor graph = GraphEditor.create(18);
    Node own = graph.node("Relu").into(List.of());
    Node foreign = Node.of(own.toProto().toBuilder().setDomain("example.org").build());
    assertThat(OperatorTrait.ELEMENTWISE.isOf(own)).isTrue();
    assertThat(OperatorTrait.ELEMENTWISE.isOf(foreign)).isFalse();
    assertThat(OperatorTraits.of("NoSuchOperator")).isEmpty();
  }
}
