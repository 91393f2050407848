package io.hone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTreeTest {
  private final PlainTree tree =
      new PlainTree(
          SampleRun.ordered(
              "seed",
              7,
              "dataset",
              SampleRun.ordered(
                  "use",
                  "mnist",
                  "with",
                  SampleRun.ordered(
                      "classes", List.of(9, 4), "folder", null, "mirrors", List.of())),
              "steps",
              List.of(SampleRun.ordered("id", "fgsm", "note", null))));

  @Test
  void findsValuesWithoutTrustingTheShape() {
    assertThat(tree.text("dataset", "use")).hasValue("mnist");
    assertThat(tree.text("seed", "use")).isEmpty();
    assertThat(tree.text("missing")).isEmpty();
    assertThat(tree.pairs("dataset", "with")).containsExactly("classes [9, 4]");
    assertThat(tree.pairs("seed")).isEmpty();
  }

  @Test
  void outlinesEverything() {
    assertThat(tree.outline())
        .isEqualTo(
            """
            seed: 7
            dataset:
              use: mnist
              with:
                classes: [9, 4]
                folder:\s
                mirrors: []
            steps:
              -
                id: fgsm
                note:\s
            """);
  }
}
