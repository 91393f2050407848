package io.hone.training;

import io.hone.api.data.Tensor;
import io.hone.api.train.Examples;
import java.util.ArrayList;
import java.util.List;

/** Gathers pairs of input and target, then joins them into one pair of tensors. */
final class ExampleCollector {
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> targets = new ArrayList<>();

  void add(Tensor moreInputs, Tensor moreTargets) {
    if (moreInputs.rows() > 0) {
      inputs.add(moreInputs);
      targets.add(moreTargets);
    }
  }

  int size() {
    return inputs.stream().mapToInt(Tensor::rows).sum();
  }

  /** Returns everything gathered, in order; something must have been. */
  Examples examples() {
    return new Examples(join(inputs), join(targets));
  }

  private static Tensor join(List<Tensor> parts) {
    int[] shape = parts.get(0).shape();
    shape[0] = parts.stream().mapToInt(Tensor::rows).sum();
    Tensor joined = Tensor.zeros(shape);
    int row = 0;
    for (Tensor part : parts) {
      joined.copyRows(row, part, 0, part.rows());
      row += part.rows();
    }
    return joined;
  }
}
