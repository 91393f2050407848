package io.hone.dl4j.training;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.train.RefusedChoiceException;
import io.hone.dl4j.samediff.ImageArrays;
import io.hone.dl4j.samediff.Inference;
import io.hone.dl4j.samediff.InferenceGraph;
import io.hone.dl4j.samediff.Minibatch;
import io.hone.dl4j.samediff.Objective;
import io.hone.dl4j.samediff.TrainingGraph;
import io.hone.dl4j.samediff.TrainingState;
import io.hone.dl4j.samediff.WeightArrays;
import io.hone.learning.engine.DivergenceException;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearnerState;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.MaskPort;
import io.hone.learning.engine.Subject;
import io.hone.learning.engine.Targets;
import io.hone.learning.export.OnnxExport;
import io.hone.learning.network.Weights;
import io.hone.network.Layer;
import io.hone.network.Network;
import io.hone.network.Stage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A chain of layers that learns in SameDiff. */
final class SameDiffLearner implements Learner {
  private static final String SAMEDIFF_FILE = "model.sd";
  private static final String LOSS = "loss";
  private static final String FIRST = "first.";
  private static final String SECOND = "second.";

  private final Network network;
  private final Objective objective;
  private final float decay;
  private final ImageArrays images;
  private TrainingGraph graph;

  /** The network in the form of inference; empty where its weights have changed since. */
  private Optional<InferenceGraph> looking = Optional.empty();

  SameDiffLearner(Subject.Layers subject, LearningRequest request) {
    this.network = subject.network();
    this.objective = objective(request.objective());
    this.decay = request.rules().decay();
    this.images = new ImageArrays(network.input());
    this.graph = new TrainingGraph(network, objective, TrainingState.start(subject.start()));
  }

  private static Objective objective(io.hone.learning.engine.Objective wanted) {
    if (wanted instanceof io.hone.learning.engine.Objective.CrossEntropy) {
      return Objective.SOFTMAX_CROSS_ENTROPY;
    }
    if (wanted instanceof io.hone.learning.engine.Objective.BinaryCrossEntropy entropy) {
      return entropy.balanced()
          ? Objective.BALANCED_BINARY_CROSS_ENTROPY
          : Objective.BINARY_CROSS_ENTROPY;
    }
    if (wanted instanceof io.hone.learning.engine.Objective.MeanSquaredError) {
      return Objective.MEAN_SQUARED_ERROR;
    }
    return Objective.GIVEN_GRADIENT;
  }

  @Override
  public String device() {
    return SameDiffEngine.CPU;
  }

  @Override
  public int shards() {
    return 1;
  }

  @Override
  public List<MaskPort> masks(ImageShape images) {
    return network.stages().stream()
        .filter(stage -> stage.layer() instanceof Layer.Dropout)
        .map(SameDiffLearner::mask)
        .toList();
  }

  /** SameDiff has channels last. */
  private static MaskPort mask(Stage stage) {
    ImageShape in = stage.in();
    return new MaskPort(
        stage.weight("mask"),
        ((Layer.Dropout) stage.layer()).probability(),
        in.pixels() == 1
            ? List.of(in.channels())
            : List.of(in.height(), in.width(), in.channels()));
  }

  @Override
  public Map<String, Double> step(LearningBatch batch, double rate) {
    looking = Optional.empty();
    double loss = graph.step(minibatch(batch), rate, decay);
    if (!Double.isFinite(loss)) {
      throw new DivergenceException("the loss is " + loss);
    }
    return Map.of(LOSS, loss);
  }

  @Override
  public Tensor output(LearningBatch batch) {
    INDArray given = images.array(batch.images());
    // The output depends on no targets, and those of the batch may not have its shape.
    return tensor(graph.output(new Minibatch(given, given, masks(batch))));
  }

  private Minibatch minibatch(LearningBatch batch) {
    return new Minibatch(images.array(batch.images()), targets(batch), masks(batch));
  }

  private static Map<String, INDArray> masks(LearningBatch batch) {
    Map<String, INDArray> masks = new LinkedHashMap<>();
    batch.masks().forEach((name, mask) -> masks.put(name, array(mask)));
    return masks;
  }

  private static INDArray array(Tensor tensor) {
    float[] values = new float[tensor.rows() * tensor.rowSize()];
    tensor.buffer().get(0, values);
    long[] shape = new long[tensor.shape().length];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = tensor.shape()[axis];
    }
    return Nd4j.create(values, shape, 'c');
  }

  private INDArray targets(LearningBatch batch) {
    if (batch.targets() instanceof Targets.Values values) {
      return new ImageArrays(network.output()).array(values.values());
    }
    int[] truth = ((Targets.Classes) batch.targets()).classes();
    int classes = network.output().channels();
    float[] oneHot = new float[truth.length * classes];
    for (int row = 0; row < truth.length; row++) {
      oneHot[row * classes + truth[row]] = 1;
    }
    return Nd4j.create(oneHot, new long[] {truth.length, classes}, 'c');
  }

  private Tensor tensor(INDArray output) {
    ImageShape shape = network.output();
    if (shape.pixels() > 1) {
      return new ImageArrays(shape).tensor(output);
    }
    float[] values = WeightArrays.values(output);
    return Tensor.of(values, values.length / shape.channels(), shape.channels());
  }

  @Override
  public Tensor infer(Tensor wanted) {
    return new Inference(looking(), network).run(wanted);
  }

  @Override
  public Measured measure(LearningBatch batch) {
    InferenceGraph.Measured measured =
        looking().measure(images.array(batch.images()), targets(batch));
    return new Measured(tensor(measured.output()), measured.loss());
  }

  @Override
  public DifferentiableClassifier classifier() {
    throw new RefusedChoiceException(
        "engine",
        "the engine dl4j attacks no network while it is trained; write engine:" + " onnxruntime");
  }

  private InferenceGraph looking() {
    if (looking.isEmpty()) {
      looking = Optional.of(new InferenceGraph(network, current(), objective));
    }
    return looking.get();
  }

  private Weights current() {
    return graph.state().weights();
  }

  @Override
  public LearnerState state() {
    TrainingState state = graph.state();
    Map<String, float[]> arrays = new LinkedHashMap<>(state.weights().values());
    state.firstMoments().forEach((name, values) -> arrays.put(FIRST + name, values));
    state.secondMoments().forEach((name, values) -> arrays.put(SECOND + name, values));
    return new LearnerState(arrays, state.steps());
  }

  @Override
  public void restore(LearnerState state) {
    looking = Optional.empty();
    Map<String, float[]> weights = new LinkedHashMap<>();
    Map<String, float[]> first = new LinkedHashMap<>();
    Map<String, float[]> second = new LinkedHashMap<>();
    state
        .arrays()
        .forEach(
            (name, values) -> {
              if (name.startsWith(FIRST)) {
                first.put(name.substring(FIRST.length()), values);
              } else if (name.startsWith(SECOND)) {
                second.put(name.substring(SECOND.length()), values);
              } else {
                weights.put(name, values);
              }
            });
    graph =
        new TrainingGraph(
            network,
            objective,
            new TrainingState(new Weights(weights), first, second, Math.toIntExact(state.steps())));
  }

  @Override
  public Map<String, float[]> weights() {
    return current().values();
  }

  @Override
  public void load(Map<String, float[]> weights) {
    looking = Optional.empty();
    graph = new TrainingGraph(network, objective, TrainingState.start(new Weights(weights)));
  }

  @Override
  public byte[] model(String name) {
    String output = network.output().pixels() == 1 ? LOGITS : IMAGE_OUT;
    return OnnxExport.model(name, network, current(), output).toByteArray();
  }

  @Override
  public void keep(Path folder) {
    new InferenceGraph(network, current()).save(folder.resolve(SAMEDIFF_FILE));
  }

  @Override
  public List<String> describe() {
    return network.describe();
  }

  @Override
  public void close() {
    // SameDiff frees its arrays when they are no longer used.
  }
}
