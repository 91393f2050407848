package io.hone.onnx.operator;

import static io.hone.onnx.operator.OperatorTrait.BATCH_FIRST;
import static io.hone.onnx.operator.OperatorTrait.BROADCASTING;
import static io.hone.onnx.operator.OperatorTrait.DISCARDED_WITH_RESULT;
import static io.hone.onnx.operator.OperatorTrait.DRAWS;
import static io.hone.onnx.operator.OperatorTrait.DROPS;
import static io.hone.onnx.operator.OperatorTrait.ELEMENTWISE;
import static io.hone.onnx.operator.OperatorTrait.FINDS_PLACES;
import static io.hone.onnx.operator.OperatorTrait.GIVES_INDICES;
import static io.hone.onnx.operator.OperatorTrait.GIVES_TRUTHS;
import static io.hone.onnx.operator.OperatorTrait.JOINS;
import static io.hone.onnx.operator.OperatorTrait.KEEPS_SHAPE;
import static io.hone.onnx.operator.OperatorTrait.MEASURES;
import static io.hone.onnx.operator.OperatorTrait.MOVES;
import static io.hone.onnx.operator.OperatorTrait.NEWER;
import static io.hone.onnx.operator.OperatorTrait.OVERWRITES;
import static io.hone.onnx.operator.OperatorTrait.POOLS;
import static io.hone.onnx.operator.OperatorTrait.REDUCING;
import static io.hone.onnx.operator.OperatorTrait.ROUNDED_BY_PLACE;
import static io.hone.onnx.operator.OperatorTrait.UNTYPED;
import static io.hone.onnx.operator.OperatorTrait.VIEWS;
import static java.util.stream.Collectors.toCollection;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The traits of every operator that the library knows, in alphabetical order. An operator with a
 * rule has an entry here even if it has no trait: whoever adds the rule thinks of each trait once.
 */
public final class OperatorTraits {
  private static final SortedMap<String, Set<OperatorTrait>> TABLE =
      table(
          operator("Abs", ELEMENTWISE, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("Acos", ELEMENTWISE, DISCARDED_WITH_RESULT, ROUNDED_BY_PLACE),
          operator("Acosh", ELEMENTWISE, DISCARDED_WITH_RESULT),
          operator("Add", BROADCASTING, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("AffineGrid"),
          operator("And", BROADCASTING, GIVES_TRUTHS),
          operator("ArgMax", GIVES_INDICES),
          operator("ArgMin", GIVES_INDICES),
          operator("Asin", ELEMENTWISE, DISCARDED_WITH_RESULT, ROUNDED_BY_PLACE),
          operator("Asinh", ELEMENTWISE, DISCARDED_WITH_RESULT),
          operator("Atan", ELEMENTWISE, ROUNDED_BY_PLACE),
          operator("Atanh", ELEMENTWISE, DISCARDED_WITH_RESULT),
          operator("Attention"),
          operator("AveragePool", BATCH_FIRST, POOLS),
          operator("BatchNormalization", KEEPS_SHAPE, BATCH_FIRST),
          operator("Bernoulli", KEEPS_SHAPE, DRAWS),
          operator("BiasDropout", DROPS),
          operator("BitShift", BROADCASTING),
          operator("BitmaskBiasDropout", DROPS),
          operator("BitmaskDropout", DROPS),
          operator("BitwiseAnd", BROADCASTING),
          operator("BitwiseNot", ELEMENTWISE),
          operator("BitwiseOr", BROADCASTING),
          operator("BitwiseXor", BROADCASTING),
          operator("Cast", ELEMENTWISE, DISCARDED_WITH_RESULT),
          operator("CastLike", ELEMENTWISE),
          operator("Ceil", ELEMENTWISE),
          operator("Celu", ELEMENTWISE, ROUNDED_BY_PLACE),
          operator("CenterCropPad"),
          operator("Clip", ELEMENTWISE, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("Col2Im", BATCH_FIRST),
          operator("Compress"),
          operator("Concat", JOINS),
          operator("ConcatFromSequence", UNTYPED),
          operator("Constant"),
          operator("ConstantOfShape"),
          operator("Conv", BATCH_FIRST),
          operator("ConvInteger", BATCH_FIRST),
          operator("ConvTranspose", BATCH_FIRST),
          operator("Cos", ELEMENTWISE, ROUNDED_BY_PLACE),
          operator("Cosh", ELEMENTWISE, DISCARDED_WITH_RESULT),
          operator("CumSum", KEEPS_SHAPE),
          operator("DeformConv", NEWER),
          operator("DepthToSpace", BATCH_FIRST, MOVES),
          operator("DequantizeLinear", KEEPS_SHAPE),
          operator("Div", BROADCASTING, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("Dropout", KEEPS_SHAPE, VIEWS, DROPS),
          operator("Einsum"),
          operator("Elu", ELEMENTWISE, OVERWRITES, ROUNDED_BY_PLACE),
          operator("Equal", BROADCASTING, GIVES_TRUTHS),
          operator("Erf", ELEMENTWISE),
          operator("Exp", ELEMENTWISE, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("Expand", MOVES, DISCARDED_WITH_RESULT),
          operator("EyeLike", KEEPS_SHAPE),
          operator("Flatten", MOVES, VIEWS),
          operator("Floor", ELEMENTWISE),
          operator("Gather", MOVES),
          operator("GatherElements", MOVES),
          operator("GatherND", MOVES),
          operator("Gelu"),
          operator("Gemm"),
          operator("GlobalAveragePool", BATCH_FIRST),
          operator("GlobalLpPool", BATCH_FIRST),
          operator("GlobalMaxPool", BATCH_FIRST),
          operator("Greater", BROADCASTING, GIVES_TRUTHS),
          operator("GreaterOrEqual", BROADCASTING, GIVES_TRUTHS),
          operator("GridSample"),
          operator("GroupNormalization", KEEPS_SHAPE, BATCH_FIRST),
          operator("HardSigmoid", ELEMENTWISE, OVERWRITES),
          operator("HardSwish", ELEMENTWISE),
          operator("Hardmax", KEEPS_SHAPE),
          operator("Identity", ELEMENTWISE, MOVES, VIEWS, DISCARDED_WITH_RESULT),
          operator("If", UNTYPED),
          operator("ImageDecoder", NEWER),
          operator("InstanceNormalization", KEEPS_SHAPE, BATCH_FIRST),
          operator("IsInf", ELEMENTWISE, GIVES_TRUTHS),
          operator("IsNaN", ELEMENTWISE, GIVES_TRUTHS),
          operator("LRN", KEEPS_SHAPE, BATCH_FIRST),
          operator("LayerNormalization", KEEPS_SHAPE),
          operator("LeakyRelu", ELEMENTWISE, OVERWRITES),
          operator("Less", BROADCASTING, GIVES_TRUTHS),
          operator("LessOrEqual", BROADCASTING, GIVES_TRUTHS),
          operator("Log", ELEMENTWISE, OVERWRITES, DISCARDED_WITH_RESULT, ROUNDED_BY_PLACE),
          operator("LogSoftmax", KEEPS_SHAPE),
          operator("Loop", UNTYPED),
          operator("LpNormalization", KEEPS_SHAPE),
          operator("LpPool", BATCH_FIRST, POOLS),
          operator("MatMul"),
          operator("MatMulInteger"),
          operator("Max", BROADCASTING, DISCARDED_WITH_RESULT),
          operator("MaxPool", BATCH_FIRST, POOLS, FINDS_PLACES),
          operator("MaxUnpool"),
          operator("Mean", BROADCASTING, DISCARDED_WITH_RESULT),
          operator("MeanVarianceNormalization", KEEPS_SHAPE),
          operator("Min", BROADCASTING, DISCARDED_WITH_RESULT),
          operator("Mish", ELEMENTWISE, ROUNDED_BY_PLACE),
          operator("Mod", BROADCASTING, DISCARDED_WITH_RESULT),
          operator("Mul", BROADCASTING, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("Multinomial", DRAWS),
          operator("Neg", ELEMENTWISE, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("NonMaxSuppression", GIVES_INDICES),
          operator("NonZero", GIVES_INDICES),
          operator("Not", ELEMENTWISE, GIVES_TRUTHS),
          operator("OneHot"),
          operator("Optional", UNTYPED),
          operator("OptionalGetElement", UNTYPED),
          operator("OptionalHasElement", UNTYPED),
          operator("Or", BROADCASTING, GIVES_TRUTHS),
          operator("PRelu", KEEPS_SHAPE),
          operator("Pad"),
          operator("Pow", BROADCASTING, DISCARDED_WITH_RESULT),
          operator("QLinearConv", BATCH_FIRST),
          operator("QuantizeLinear", KEEPS_SHAPE),
          operator("RMSNormalization"),
          operator("RandomNormal", DRAWS),
          operator("RandomNormalLike", KEEPS_SHAPE, DRAWS),
          operator("RandomUniform", DRAWS),
          operator("RandomUniformLike", KEEPS_SHAPE, DRAWS),
          operator("Range"),
          operator("Reciprocal", ELEMENTWISE, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("ReduceL1", REDUCING),
          operator("ReduceL2", REDUCING),
          operator("ReduceLogSum", REDUCING),
          operator("ReduceLogSumExp", REDUCING),
          operator("ReduceMax", REDUCING),
          operator("ReduceMean", REDUCING),
          operator("ReduceMin", REDUCING),
          operator("ReduceProd", REDUCING),
          operator("ReduceSum", REDUCING),
          operator("ReduceSumSquare", REDUCING),
          operator("RegexFullMatch", UNTYPED, NEWER),
          operator("Relu", ELEMENTWISE, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("Reshape", MOVES, VIEWS, DISCARDED_WITH_RESULT),
          operator("Resize"),
          operator("ReverseSequence", KEEPS_SHAPE),
          operator("RotaryEmbedding", NEWER),
          operator("Round", ELEMENTWISE),
          operator("Scan", UNTYPED),
          operator("Scatter"),
          operator("ScatterElements", KEEPS_SHAPE),
          operator("ScatterND", KEEPS_SHAPE),
          operator("Selu", ELEMENTWISE, ROUNDED_BY_PLACE),
          operator("SequenceAt", UNTYPED),
          operator("SequenceConstruct", UNTYPED),
          operator("SequenceEmpty", UNTYPED),
          operator("SequenceErase", UNTYPED),
          operator("SequenceInsert", UNTYPED),
          operator("SequenceLength", UNTYPED),
          operator("SequenceMap", UNTYPED),
          operator("Shape", MEASURES, GIVES_INDICES),
          operator("Shrink", ELEMENTWISE),
          operator("Sigmoid", ELEMENTWISE, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("Sign", ELEMENTWISE),
          operator("Sin", ELEMENTWISE, ROUNDED_BY_PLACE),
          operator("Sinh", ELEMENTWISE, DISCARDED_WITH_RESULT),
          operator("Size", MEASURES, GIVES_INDICES),
          operator("Slice", MOVES),
          operator("Softmax", KEEPS_SHAPE),
          operator("Softplus", ELEMENTWISE, DISCARDED_WITH_RESULT, ROUNDED_BY_PLACE),
          operator("Softsign", ELEMENTWISE),
          operator("SpaceToDepth", BATCH_FIRST, MOVES),
          operator("Split", MOVES),
          operator("SplitToSequence", UNTYPED),
          operator("Sqrt", ELEMENTWISE, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("Squeeze", MOVES, VIEWS, DISCARDED_WITH_RESULT),
          operator("StringConcat", UNTYPED, NEWER),
          operator("StringNormalizer", UNTYPED),
          operator("StringSplit", UNTYPED, NEWER),
          operator("Sub", BROADCASTING, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("Sum", BROADCASTING, DISCARDED_WITH_RESULT),
          operator("Swish"),
          operator("Tan", ELEMENTWISE, DISCARDED_WITH_RESULT),
          operator("Tanh", ELEMENTWISE, OVERWRITES, DISCARDED_WITH_RESULT),
          operator("TensorScatter", NEWER),
          operator("TfIdfVectorizer", UNTYPED),
          operator("ThresholdedRelu", ELEMENTWISE),
          operator("Tile", MOVES),
          operator("TopK", FINDS_PLACES),
          operator("Transpose", MOVES, DISCARDED_WITH_RESULT),
          operator("Trilu", KEEPS_SHAPE),
          operator("Unique", FINDS_PLACES),
          operator("Unsqueeze", MOVES, VIEWS, DISCARDED_WITH_RESULT),
          operator("Upsample"),
          operator("Where", BROADCASTING, DISCARDED_WITH_RESULT),
          operator("Xor", BROADCASTING, GIVES_TRUTHS));

  private OperatorTraits() {}

  private record Entry(String operator, Set<OperatorTrait> traits) {}

  private static Entry operator(String name, OperatorTrait... traits) {
    Set<OperatorTrait> set = EnumSet.noneOf(OperatorTrait.class);
    set.addAll(Arrays.asList(traits));
    return new Entry(name, Collections.unmodifiableSet(set));
  }

  private static SortedMap<String, Set<OperatorTrait>> table(Entry... entries) {
    SortedMap<String, Set<OperatorTrait>> table = new TreeMap<>();
    for (Entry entry : entries) {
      if (table.put(entry.operator(), entry.traits()) != null) {
        throw new IllegalStateException(entry.operator() + " has two entries");
      }
    }
    return Collections.unmodifiableSortedMap(table);
  }

  /** Returns the names of all operators that have an entry. */
  public static Set<String> operators() {
    return TABLE.keySet();
  }

  /** Returns the traits of an operator; none if it has no entry. */
  public static Set<OperatorTrait> of(String operator) {
    return TABLE.getOrDefault(operator, Set.of());
  }

  static SortedSet<String> with(OperatorTrait trait) {
    return TABLE.entrySet().stream()
        .filter(entry -> entry.getValue().contains(trait))
        .map(Map.Entry::getKey)
        .collect(toCollection(TreeSet::new));
  }
}
