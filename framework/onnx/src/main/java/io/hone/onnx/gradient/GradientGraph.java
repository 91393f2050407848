package io.hone.onnx.gradient;

import io.hone.onnx.graph.OnnxModel;

/** Entry point of the library: differentiates an ONNX classifier to its input. */
public final class GradientGraph {
  private GradientGraph() {}

  /** Starts the differentiation of a model of any opset from 7 on. */
  public static Builder of(OnnxModel model) {
    return new Builder(model);
  }

  /** What to differentiate. */
  public static final class Builder {
    private final OnnxModel model;
    private String input;
    private String logits;
    private AttackLoss loss = AttackLoss.crossEntropy(false);

    private Builder(OnnxModel model) {
      this.model = model;
      this.input = model.inputs().get(0).name();
      this.logits = model.outputs().get(0).name();
    }

    /** Names the input to differentiate; default: the first. */
    public Builder input(String name) {
      this.input = name;
      return this;
    }

    /** Names the value, output or not, that holds the logits; default: the first output. */
    public Builder logits(String value) {
      this.logits = value;
      return this;
    }

    /** Sets what is differentiated; default: untargeted cross-entropy. */
    public Builder loss(AttackLoss wanted) {
      this.loss = wanted;
      return this;
    }

    /**
     * Builds the graph.
     *
     * @throws UncoveredOperatorException if an operator between input and logits has no gradient
     * @throws io.hone.onnx.graph.OnnxFormatException if input or logits do not exist, or do not
     *     depend on each other, or the model is broken
     */
    public DifferentiatedModel build() {
      throw new UnsupportedOperationException(model.name() + input + logits + loss);
    }
  }
}
