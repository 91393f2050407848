package io.hone.onnxruntime.card;

import io.hone.onnx.gradient.LogitsFinder;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the output that holds the scores of classes, by what each output is: its type, its shape
 * and what it is computed of. A class that an ArgMax picks is no score, but names the scores it was
 * picked from; features are what the scores are computed of.
 */
public final class OutputChoice {
  /** Operators that change neither the largest score of an image nor its place. */
  private static final Set<String> KEEPING =
      Set.of(
          "Identity",
          "Cast",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Softmax",
          "LogSoftmax",
          "Sigmoid",
          "Log",
          "Exp");

  private static final Set<String> PICKING = Set.of("ArgMax", "TopK");
  private static final Set<String> WEIGHTED = Set.of("Conv", "Gemm", "MatMul");
  private static final int CORNERS = 4;

  private final OnnxModel model;

  private OutputChoice(OnnxModel model) {
    this.model = model;
  }

  /**
   * What was found.
   *
   * @param scores the output with scores of classes; empty if none is
   * @param question what is to be asked where it is empty, as it follows the name of a file
   */
  public record Found(Optional<TensorInfo> scores, String question) {}

  /**
   * Chooses among a graph's outputs.
   *
   * @param classes how many there are, if a card says so
   */
  public static Found of(OnnxModel model, Optional<Integer> classes) {
    return new OutputChoice(model).choose(classes);
  }

  /**
   * Returns how many scores a shape holds for each image: 1 where one number tells two classes, -1
   * where it is left open; empty for a shape that is unknown or holds no single row of scores.
   *
   * @param oneImage whether the graph takes exactly one image
   */
  static Optional<Long> scores(Optional<Shape> shape, boolean oneImage) {
    if (shape.isEmpty() || shape.get().rank() == 0) {
      return Optional.empty();
    }
    List<Dimension> axes = shape.get().dimensions();
    boolean row = axes.size() == 1 && oneImage && axes.get(0).size() > 1;
    List<Dimension> wide =
        axes.subList(row ? 0 : 1, axes.size()).stream().filter(axis -> axis.size() != 1).toList();
    if (wide.size() > 1) {
      return Optional.empty();
    }
    return Optional.of(wide.isEmpty() ? 1L : wide.get(0).size());
  }

  private Found choose(Optional<Integer> classes) {
    if (looksLikeDetection()) {
      return asked(
          " looks like an object detector ("
              + ports(model.outputs())
              + "): Hone works on classifiers of whole images. If one output does hold the scores of"
              + " an image's classes, write a model.yaml beside the file with output.name");
    }
    List<TensorInfo> candidates =
        new ArrayList<>(model.outputs().stream().filter(this::mayHoldScores).toList());
    if (candidates.isEmpty()) {
      return asked(nothing());
    }
    keep(candidates, named(candidates));
    keep(
        candidates,
        candidates.stream()
            .filter(port -> classes.isPresent() && count(port) == classes.get())
            .toList());
    dropFeatures(candidates);
    if (candidates.stream().map(this::count).distinct().count() > 1) {
      keep(
          candidates,
          candidates.stream()
              .filter(port -> LogitsFinder.softmaxOverClasses(model, port.name()).isPresent())
              .toList());
    }
    if (candidates.stream().map(this::count).distinct().count() > 1) {
      return asked(
          " has several outputs that may hold scores of classes ("
              + ports(candidates)
              + "). Write a model.yaml beside the file with output.name");
    }
    return new Found(Optional.of(candidates.get(0)), "");
  }

  private static Found asked(String question) {
    return new Found(Optional.empty(), question);
  }

  private static void keep(List<TensorInfo> candidates, List<TensorInfo> some) {
    if (!some.isEmpty()) {
      candidates.retainAll(some);
    }
  }

  private boolean mayHoldScores(TensorInfo port) {
    Optional<Node> picked = origin(new Value(port.name()));
    return port.type().isFloating()
        && picked.filter(node -> PICKING.contains(node.operator())).isEmpty()
        && scores(Axes.inferred(model, port), oneImage()).isPresent();
  }

  private boolean oneImage() {
    return takesOneImage(model);
  }

  /** Returns whether a graph takes exactly one image: in a batch of one, or without a batch. */
  static boolean takesOneImage(OnnxModel model) {
    List<Dimension> axes = model.inputs().get(0).shape().map(Shape::dimensions).orElse(List.of());
    boolean batched =
        (axes.size() == 4 || axes.size() == 2) && !returnsAnotherCount(model, axes.get(0));
    return !axes.isEmpty() && axes.get(0).isFixed() && (axes.get(0).size() == 1 || !batched);
  }

  /** Returns whether an output is a single row of another size than the input's first axis. */
  private static boolean returnsAnotherCount(OnnxModel model, Dimension first) {
    return model.outputs().stream()
        .flatMap(port -> Axes.inferred(model, port).stream())
        .filter(shape -> shape.rank() == 1 && shape.axis(0).isFixed())
        .anyMatch(shape -> shape.axis(0).size() > 1 && shape.axis(0).size() != first.size());
  }

  private long count(TensorInfo port) {
    return scores(Axes.inferred(model, port), oneImage()).orElse(-1L);
  }

  /** Returns the node behind everything that keeps an image's order of scores. */
  private Optional<Node> origin(Value value) {
    Optional<Node> node = model.producer(value);
    while (node.isPresent()
        && node.get().domain().isEmpty()
        && KEEPING.contains(node.get().operator())) {
      node = model.producer(node.get().input(0));
    }
    return node;
  }

  /** Returns the outputs that an ArgMax or TopK beside them picks from. */
  private List<TensorInfo> named(List<TensorInfo> candidates) {
    Set<Node> origins = new HashSet<>();
    for (TensorInfo port : model.outputs()) {
      origin(new Value(port.name()))
          .filter(node -> PICKING.contains(node.operator()))
          .flatMap(node -> origin(node.input(0)))
          .ifPresent(origins::add);
    }
    return candidates.stream()
        .filter(port -> origin(new Value(port.name())).filter(origins::contains).isPresent())
        .toList();
  }

  /** Drops what others are computed of with weights, and what is computed of others without. */
  private void dropFeatures(List<TensorInfo> candidates) {
    Set<String> dropped = new HashSet<>();
    for (TensorInfo port : candidates) {
      Map<String, Boolean> before = before(port.name());
      for (TensorInfo other : candidates) {
        Boolean weighted = before.get(other.name());
        if (weighted != null && !other.equals(port)) {
          dropped.add(weighted ? other.name() : port.name());
        }
      }
    }
    keep(candidates, candidates.stream().filter(port -> !dropped.contains(port.name())).toList());
  }

  /** Returns every value that another is computed of, and whether weights come between them. */
  private Map<String, Boolean> before(String output) {
    Map<String, Boolean> found = new HashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(output));
    found.put(output, false);
    while (!open.isEmpty()) {
      String name = open.remove();
      Optional<Node> producer = model.producer(new Value(name));
      if (producer.isPresent()) {
        boolean weighted = found.get(name) || WEIGHTED.contains(producer.get().operator());
        for (String read : producer.get().reads()) {
          if (!found.containsKey(read) || (weighted && !found.get(read))) {
            found.put(read, weighted);
            open.add(read);
          }
        }
      }
    }
    found.remove(output);
    return found;
  }

  private boolean looksLikeDetection() {
    boolean several = model.outputs().size() > 1;
    return model.nodes().stream().anyMatch(node -> node.operator().contains("NonMaxSuppression"))
        || (several && model.outputs().stream().anyMatch(this::holdsBoxes));
  }

  private boolean holdsBoxes(TensorInfo port) {
    Optional<Shape> shape = Axes.inferred(model, port);
    int rank = shape.map(Shape::rank).orElse(0);
    return rank == 3 && shape.get().axis(2).size() == CORNERS && shape.get().axis(1).size() != 1;
  }

  /** Tells why no output holds scores. */
  private String nothing() {
    for (TensorInfo port : model.outputs()) {
      Optional<Node> picked =
          origin(new Value(port.name())).filter(node -> PICKING.contains(node.operator()));
      if (picked.isPresent()) {
        return " returns classes that "
            + picked.get().describe()
            + " picks, and not the scores of all classes, which attacks need. Export the model with"
            + " '"
            + picked.get().input(0).name()
            + "' as an output";
      }
    }
    if (model.outputs().stream().noneMatch(port -> port.type().isFloating())) {
      boolean tensors =
          model.outputs().stream().noneMatch(port -> port.type() == ElementType.OTHER);
      return " returns no scores as numbers ("
          + ports(model.outputs())
          + "): attacks need the score of every class. Export a tensor of floats with them"
          + (tensors ? "" : ", and no sequence or map (skl2onnx: zipmap=False)");
    }
    TensorInfo first = model.outputs().get(0);
    int rank = Axes.inferred(model, first).map(Shape::rank).orElse(0);
    if (rank == 4) {
      return " looks like a model that segments images ("
          + ports(model.outputs())
          + ": scores for each pixel): Hone works on classifiers of whole images";
    }
    if (rank == 3) {
      return " looks like an object detector or a model of sequences ("
          + ports(model.outputs())
          + "): Hone works on classifiers of whole images";
    }
    return "";
  }

  private String ports(List<TensorInfo> ports) {
    return ports.stream().map(this::described).collect(Collectors.joining(", "));
  }

  private String described(TensorInfo port) {
    if (port.type() == ElementType.OTHER) {
      return port.name() + ", which is no tensor";
    }
    return port.name()
        + " "
        + Axes.inferred(model, port).map(Shape::toString).orElse("of unknown shape")
        + " of "
        + port.type();
  }
}
