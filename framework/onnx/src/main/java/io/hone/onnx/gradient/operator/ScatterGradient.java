package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;

/** Gradient of ScatterElements and ScatterND, to the data and to the updates. */
final class ScatterGradient {
  private final BackwardStep step;
  private final Places places;

  private ScatterGradient(BackwardStep step, Places places) {
    this.step = step;
    this.places = places;
  }

  static void ofElements(BackwardStep step) {
    new ScatterGradient(step, Places.ofElements(step)).differentiate();
  }

  static void ofBlocks(BackwardStep step) {
    new ScatterGradient(step, Places.ofBlocks(step)).differentiate();
  }

  private void differentiate() {
    String reduction = step.node().text("reduction", "none");
    switch (reduction) {
      case "none" -> replaced();
      case "add" -> {
        step.give(0, step.gradient());
        step.give(2, places.gather(step.gradient()));
      }
      case "mul" -> multiplied();
      case "max", "min" -> chosen();
      default -> throw step.refuse("its reduction '" + reduction + "' is not known");
    }
  }

  private void replaced() {
    if (step.wants(0)) {
      Value zeros = step.zeros(step.shapeOf(step.x(2)));
      step.give(0, places.scatter(step.gradient(), zeros, "none"));
    }
    if (step.wants(2)) {
      step.give(2, places.gather(step.gradient()));
    }
  }

  /**
   * A factor receives the product of the others. It is their whole product over the factor where no
   * factor is 0; zeros are counted apart, because a single one leaves its own gradient.
   */
  private void multiplied() {
    if (step.wants(0)) {
      Value ones = step.ones(step.shapeOf(step.x(0)));
      step.give(0, step.mul(step.gradient(), places.scatter(ones, step.x(2), "mul")));
    }
    if (step.wants(2)) {
      Value shape = step.shapeOf(step.x(0));
      Value zero = step.op("Equal", step.x(2), step.scalar(0));
      Value factor = step.op("Where", zero, step.scalar(1), step.x(2));
      Value product = places.gather(places.scatter(step.ones(shape), factor, "mul"));
      Value zeros = places.gather(places.scatter(step.zeros(shape), step.number(zero), "add"));
      Value none = step.op("Equal", zeros, step.number(zero));
      Value others = step.where(none, step.op("Div", product, factor));
      Value outer = places.gather(step.mul(step.gradient(), step.x(0)));
      step.give(2, step.mul(outer, others));
    }
  }

  /** The data receives where it is what was chosen, else the updates that are, in equal shares. */
  private void chosen() {
    Value kept = step.op("Equal", step.x(0), step.y());
    step.give(0, step.where(kept, step.gradient()));
    if (step.wants(2)) {
      Value winners = step.number(step.op("Equal", step.x(2), places.gather(step.y())));
      Value zeros = step.zeros(step.shapeOf(step.x(0)));
      Value count = places.gather(places.scatter(zeros, winners, "add"));
      Value share = step.op("Div", winners, step.op("Max", count, step.scalar(1)));
      Value left = step.where(step.op("Not", kept), step.gradient());
      step.give(2, step.mul(places.gather(left), share));
    }
  }
}
