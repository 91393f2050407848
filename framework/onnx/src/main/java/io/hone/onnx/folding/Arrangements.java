package io.hone.onnx.folding;

import io.hone.onnx.graph.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Tells where elements go, for every operator that moves elements and computes nothing. */
public final class Arrangements {
  private static final Map<String, Mover> MOVERS = movers();

  private Arrangements() {}

  private static Map<String, Mover> movers() {
    Map<String, Mover> movers = new HashMap<>();
    one(movers, "Identity", arguments -> Arrangement.natural(arguments.shape(0), 0));
    one(movers, "Expand", AxisMoves::expand);
    one(movers, "Flatten", ShapeMoves::flatten);
    one(movers, "Gather", GatherMoves::gather);
    one(movers, "GatherElements", GatherMoves::gatherElements);
    one(movers, "GatherND", GatherMoves::gatherNd);
    one(movers, "Reshape", ShapeMoves::reshape);
    one(movers, "Slice", AxisMoves::slice);
    one(movers, "Squeeze", ShapeMoves::squeeze);
    one(movers, "Tile", AxisMoves::tile);
    one(movers, "Transpose", AxisMoves::transpose);
    one(movers, "Unsqueeze", ShapeMoves::unsqueeze);
    movers.put("Split", new Mover(node -> List.of(0), AxisMoves::split));
    movers.put(
        "Concat",
        new Mover(
            node -> IntStream.range(0, node.inputs().size()).boxed().toList(),
            arguments -> List.of(AxisMoves.concat(arguments))));
    movers.put("Where", several(List.of(1, 2), GatherMoves::where));
    movers.put("OneHot", several(List.of(2), GatherMoves::oneHot));
    movers.put("Pad", several(List.of(0, 2), AxisMoves::pad));
    movers.put("ScatterElements", several(List.of(0, 2), GatherMoves::scatterElements));
    movers.put("ScatterND", several(List.of(0, 2), GatherMoves::scatterNd));
    return Map.copyOf(movers);
  }

  private static void one(
      Map<String, Mover> movers, String operator, Function<Arguments, Arrangement> move) {
    movers.put(operator, several(List.of(0), move));
  }

  private static Mover several(List<Integer> data, Function<Arguments, Arrangement> move) {
    return new Mover(node -> data, arguments -> List.of(move.apply(arguments)));
  }

  /** Returns which inputs of a node hold the elements it moves; empty if it computes. */
  public static Optional<List<Integer>> dataInputs(Node node) {
    Mover mover = node.domain().isEmpty() ? MOVERS.get(node.operator()) : null;
    return Optional.ofNullable(mover).map(found -> found.data().apply(node));
  }

  /**
   * Tells where the elements of each output come from.
   *
   * @param node one that moves elements
   * @param shapes the sizes of each input, by its index
   * @param contents of each input that holds no moved elements, by its index
   * @throws RuntimeException if the inputs do not fit, or the result is too large
   */
  public static List<Arrangement> of(
      Node node, IntFunction<long[]> shapes, IntFunction<Optional<Content>> contents) {
    return MOVERS.get(node.operator()).move().apply(new Arguments(node, shapes, contents));
  }

  private record Mover(
      Function<Node, List<Integer>> data, Function<Arguments, List<Arrangement>> move) {}
}
