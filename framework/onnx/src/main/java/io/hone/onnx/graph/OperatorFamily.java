package io.hone.onnx.graph;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Operators of ONNX's own domain that treat sizes and axes alike. */
public enum OperatorFamily {
  /** Computes each number from the number at the same place of its first input. */
  ELEMENTWISE(
      "Abs",
      "Acos",
      "Acosh",
      "Asin",
      "Asinh",
      "Atan",
      "Atanh",
      "BitwiseNot",
      "Cast",
      "CastLike",
      "Ceil",
      "Celu",
      "Clip",
      "Cos",
      "Cosh",
      "Elu",
      "Erf",
      "Exp",
      "Floor",
      "HardSigmoid",
      "HardSwish",
      "Identity",
      "IsInf",
      "IsNaN",
      "LeakyRelu",
      "Log",
      "Mish",
      "Neg",
      "Not",
      "Reciprocal",
      "Relu",
      "Round",
      "Selu",
      "Shrink",
      "Sigmoid",
      "Sign",
      "Sin",
      "Sinh",
      "Softplus",
      "Softsign",
      "Sqrt",
      "Tan",
      "Tanh",
      "ThresholdedRelu"),
  /** Computes each number from those at the same place of all inputs, broadcast to one shape. */
  BROADCASTING(
      "Add",
      "And",
      "BitShift",
      "BitwiseAnd",
      "BitwiseOr",
      "BitwiseXor",
      "Div",
      "Equal",
      "Greater",
      "GreaterOrEqual",
      "Less",
      "LessOrEqual",
      "Max",
      "Mean",
      "Min",
      "Mod",
      "Mul",
      "Or",
      "Pow",
      "Sub",
      "Sum",
      "Where",
      "Xor"),
  /** Brings together what is along {@code axes}. */
  REDUCING(
      "ReduceL1",
      "ReduceL2",
      "ReduceLogSum",
      "ReduceLogSumExp",
      "ReduceMax",
      "ReduceMean",
      "ReduceMin",
      "ReduceProd",
      "ReduceSum",
      "ReduceSumSquare");

  private final Set<String> operators;

  OperatorFamily(String... operators) {
    this.operators = Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(operators)));
  }

  /** Returns the names of the operators, in alphabetical order. */
  public Set<String> operators() {
    return operators;
  }
}
