package io.hone.host.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureTreeTest {
  @Test
  void sortsByNameAndWholeNumbersBySize() {
    FigureTree tree = new FigureTree();
    tree.put("restored_after.16", 0.5);
    tree.put("restored_after.2", 0.1);
    tree.put("restored_after.128", 0.9);
    tree.put("restored_after.2b", 0.2);
    tree.put("l0.mean", 7);
    assertThat(tree.toMap().keySet()).containsExactly("l0", "restored_after");
    assertThat(
            ((Map<?, ?>) tree.toMap().get("restored_after")).keySet().stream().map(String::valueOf))
        .containsExactly("2", "16", "128", "2b");
    assertThat(FigureTree.find(tree.toMap(), "restored_after.16")).hasValue(0.5);
    assertThat(FigureTree.find(tree.toMap(), "l0")).hasValue(7);
    assertThat(FigureTree.find(tree.toMap(), "restored_after.4")).isEmpty();
  }
}
