package io.hone.onnxruntime.training;

import ai.onnxruntime.OrtException;
import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.run.Run;
import io.hone.api.train.RefusedChoiceException;
import io.hone.api.train.StartingModel;
import io.hone.learning.engine.DivergenceException;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearnerState;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.MaskPort;
import io.hone.learning.engine.Subject;
import io.hone.learning.engine.Targets;
import io.hone.learning.export.WeightLayout;
import io.hone.learning.network.Weights;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.training.DropoutMask;
import io.hone.onnx.training.loss.LossPort;
import io.hone.onnx.training.step.StatisticPort;
import io.hone.onnx.training.step.StepGraph;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.Feed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph that learns in ONNX Runtime. */
final class OnnxRuntimeLearner implements Learner {
  private final LearningRequest request;
  private final ExecutionTarget target;
  private final LearningGraph graph;
  private final StepGraph step;
  private final LearningNetwork network;
  private final OnnxModel opened;
  private final LiveNetwork forward;
  private final Map<ImageShape, List<MaskPort>> masks = new HashMap<>();
  private Optional<TrainingOutput> output = Optional.empty();
  private Optional<LiveClassifier> classifier = Optional.empty();

  private OnnxRuntimeLearner(
      LearningRequest request,
      ExecutionTarget target,
      LearningGraph graph,
      StepGraph step,
      int shards)
      throws OrtException {
    this.request = request;
    this.target = target;
    this.graph = graph;
    this.step = step;
    this.network =
        new LearningNetwork(
            graph.weights(), step, request.rules(), shards, request.threads(), target);
    network.load(start());
    this.opened = graph.weights().openWithStatistics(graph.trained());
    try {
      this.forward = new LiveNetwork(network, opened, target);
    } catch (OrtException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /**
   * Opens a network that learns.
   *
   * @param target computes its steps
   * @throws BadInputException if there is nothing to train, an operator has no gradient, or the
   *     machine has too little memory
   */
  static OnnxRuntimeLearner open(LearningRequest request, ExecutionTarget target, Run run) {
    LearningGraph graph = LearningGraph.of(request, run);
    StepGraph step = graph.step(request.objective());
    StepMemory memory = StepMemory.of(step, request);
    int shards = request.shards().orElse(memory.usualShards());
    memory.check(shards, target, run);
    try {
      return new OnnxRuntimeLearner(request, target, graph, step, shards);
    } catch (OrtException e) {
      throw new BadInputException(
          "train: ONNX Runtime refuses the graph of a training step: " + e.getMessage(), e);
    }
  }

  /** Returns fresh weights and statistics; empty where the file's own are kept. */
  private Map<String, float[]> start() {
    Map<String, float[]> start = new LinkedHashMap<>(graph.start());
    if (request.subject() instanceof Subject.File file
        && file.model().weights() == StartingModel.Weights.FRESH) {
      for (StatisticPort port : step.statistics()) {
        start.put(port.mean(), new float[graph.weights().content(port.mean()).length]);
        float[] ones = new float[graph.weights().content(port.variance()).length];
        Arrays.fill(ones, 1);
        start.put(port.variance(), ones);
      }
    }
    return start;
  }

  @Override
  public String device() {
    return target.name();
  }

  @Override
  public int shards() {
    return network.shards();
  }

  @Override
  public List<MaskPort> masks(ImageShape images) {
    if (step.masks().isEmpty()) {
      return List.of();
    }
    return masks.computeIfAbsent(images, this::masksAt);
  }

  /** The masks of a step on images of any size are as large as the images make them. */
  private List<MaskPort> masksAt(ImageShape images) {
    OnnxModel model = request.sizes().isPresent() ? graph.formAt(images).model() : step.model();
    return step.masks().stream().map(mask -> port(model, mask)).toList();
  }

  private static MaskPort port(OnnxModel model, DropoutMask mask) {
    Shape shape =
        model.inputs().stream()
            .filter(input -> input.name().equals(mask.input()))
            .findFirst()
            .flatMap(TensorInfo::shape)
            .orElseThrow();
    List<Integer> row = new ArrayList<>();
    for (int axis = 1; axis < shape.rank(); axis++) {
      if (!shape.axis(axis).isFixed()) {
        throw new RefusedChoiceException(
            "model",
            "the Dropout that takes '%s' multiplies a value of unknown size; export the model with fixed sizes"
                .formatted(mask.input()));
      }
      row.add(Math.toIntExact(shape.axis(axis).size()));
    }
    return new MaskPort(mask.input(), mask.ratio(), row);
  }

  @Override
  public Map<String, Double> step(LearningBatch batch, double rate) {
    try {
      return network.step(batch(batch), rate).losses();
    } catch (DivergedException e) {
      throw new DivergenceException(e.found());
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private Batch batch(LearningBatch batch) {
    Map<String, Tensor> targets = new LinkedHashMap<>();
    Map<String, int[]> classes = new LinkedHashMap<>();
    for (LossPort port : step.losses()) {
      if (batch.targets() instanceof Targets.Classes truth) {
        classes.put(port.feed(), truth.classes());
      } else if (batch.targets() instanceof Targets.Values values) {
        targets.put(port.feed(), values.values());
      }
    }
    return new Batch(batch.images(), targets, classes, batch.masks());
  }

  private static IllegalStateException failed(OrtException e) {
    return new IllegalStateException("ONNX Runtime failed in a step: " + e.getMessage(), e);
  }

  @Override
  public Tensor output(LearningBatch batch) {
    try {
      if (output.isEmpty()) {
        output = Optional.of(TrainingOutput.open(network, graph, target));
      }
      Tensor made = room(batch.size());
      output.get().run(batch, made);
      return made;
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  @Override
  public Tensor infer(Tensor images) {
    Tensor made = room(images.rows());
    try {
      forward.run(
          images.rows(), Feed.of(Map.of(graph.image(), images)), Map.of(graph.output(), made));
    } catch (OrtException e) {
      throw failed(e);
    }
    return made;
  }

  private Tensor room(int rows) {
    Optional<Integer> classes = graph.classes();
    return classes.isPresent()
        ? Tensor.zeros(rows, classes.get())
        : Tensor.images(rows, request.subject().input());
  }

  @Override
  public Measured measure(LearningBatch batch) {
    Tensor made = infer(batch.images());
    return new Measured(made, request.objective().of(made, batch.targets()));
  }

  @Override
  public DifferentiableClassifier classifier() {
    if (classifier.isEmpty()) {
      ImageShape shape = request.subject().input();
      int classes =
          graph.classes().orElseThrow(() -> new BadInputException("the network is no classifier"));
      classifier =
          Optional.of(new LiveClassifier(network, opened, graph, shape, classes, forward, target));
    }
    return classifier.get();
  }

  @Override
  public LearnerState state() {
    NetworkState state = network.state();
    Map<String, float[]> arrays = new LinkedHashMap<>(state.tensors());
    arrays.putAll(state.statistics());
    return new LearnerState(arrays, state.steps());
  }

  @Override
  public void restore(LearnerState state) {
    NetworkState own = network.state();
    Map<String, float[]> tensors = new LinkedHashMap<>(state.arrays());
    tensors.keySet().removeAll(own.statistics().keySet());
    Map<String, float[]> statistics = new LinkedHashMap<>(state.arrays());
    statistics.keySet().retainAll(own.statistics().keySet());
    network.restore(new NetworkState(tensors, statistics, state.steps()));
  }

  @Override
  public Map<String, float[]> weights() {
    return network.contents();
  }

  @Override
  public void load(Map<String, float[]> weights) {
    network.load(weights);
  }

  @Override
  public byte[] model(String name) {
    Map<String, float[]> contents = network.contents();
    if (request.subject() instanceof Subject.Layers layers) {
      Weights learned = new WeightLayout(layers.network()).fromOnnx(contents);
      return LearningGraph.written(name, layers, learned, request.sizes().isPresent())
          .model()
          .toByteArray();
    }
    return graph.file().close(contents).toBytes();
  }

  @Override
  public void keep(Path folder) {
    throw new IllegalStateException("the engine has no format of its own besides ONNX");
  }

  @Override
  public List<String> describe() {
    if (request.subject() instanceof Subject.Layers layers) {
      return layers.network().describe();
    }
    return graph.trained().stream()
        .map(name -> name + " " + graph.weights().find(name).orElseThrow().shape())
        .toList();
  }

  @Override
  public void close() {
    classifier.ifPresent(LiveClassifier::close);
    output.ifPresent(TrainingOutput::close);
    forward.close();
    network.close();
  }
}
