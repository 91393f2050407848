package io.hone.onnxruntime.training;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.train.RefusedChoiceException;
import io.hone.api.train.StartingModel;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.SizeRange;
import io.hone.learning.engine.Subject;
import io.hone.learning.export.OnnxNetwork;
import io.hone.learning.network.Weights;
import io.hone.onnx.gradient.UncoveredOperatorException;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import io.hone.onnx.training.TrainableWeights;
import io.hone.onnx.training.TrainingForm;
import io.hone.onnx.training.UntrainableModelException;
import io.hone.onnx.training.Weight;
import io.hone.onnx.training.WeightSelection;
import io.hone.onnx.training.loss.BinaryCrossEntropy;
import io.hone.onnx.training.loss.CrossEntropy;
import io.hone.onnx.training.loss.ElementDistance;
import io.hone.onnx.training.loss.LossPart;
import io.hone.onnx.training.loss.OutsideGradient;
import io.hone.onnx.training.step.StatisticPort;
import io.hone.onnx.training.step.StepGraph;
import io.hone.onnx.training.step.TrainingGraph;
import io.hone.onnxruntime.TrainableFile;
import io.hone.onnxruntime.TrainableModel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What learns, as a graph.
 *
 * @param model from images {@code [N, C, H, W]} in [0, 1] to the output
 * @param image the input
 * @param output logits {@code [N, K]}, or images
 * @param beforeSigmoid what the last sigmoid receives; empty where the network ends otherwise
 * @param weights of the model
 * @param trained which of them are trained
 * @param batchStatistics whether batch normalisations take the form of training
 * @param file receives the trained weights in the end
 * @param start what the weights hold in the beginning; those that are missing start as in the model
 */
record LearningGraph(
    OnnxModel model,
    String image,
    String output,
    Optional<String> beforeSigmoid,
    TrainableWeights weights,
    List<String> trained,
    boolean batchStatistics,
    TrainableWeights file,
    Map<String, float[]> start) {

  /**
   * Returns the graph of what learns.
   *
   * @throws BadInputException if there is nothing to train, or the file cannot be read
   */
  static LearningGraph of(LearningRequest request, Run run) {
    if (request.subject() instanceof Subject.Layers layers) {
      return of(layers, request.sizes().isPresent());
    }
    Subject.File file = (Subject.File) request.subject();
    checkSizes(file, request.sizes());
    LearningGraph graph =
        told(
            () ->
                of(
                    file,
                    TrainableModel.open(file.model().card(), run),
                    request.sizes().isPresent()));
    request.sizes().ifPresent(sizes -> new SizeTrial(file, graph).run(sizes));
    return graph;
  }

  private static LearningGraph of(Subject.Layers layers, boolean anySize) {
    OnnxNetwork network = written("network", layers, layers.start(), anySize);
    OnnxModel model = OnnxModel.of(network.model(), "network");
    TrainableWeights weights = TrainableWeights.of(model, network.output());
    return new LearningGraph(
        model,
        network.input(),
        network.output(),
        network.beforeSigmoid(),
        weights,
        network.trainable(),
        true,
        weights,
        Map.of());
  }

  /**
   * Returns a network as ONNX has it.
   *
   * @param anySize whether it takes images of any height and width
   */
  static OnnxNetwork written(String name, Subject.Layers layers, Weights weights, boolean anySize) {
    return anySize
        ? OnnxNetwork.ofAnySize(name, layers.network(), weights)
        : OnnxNetwork.of(name, layers.network(), weights);
  }

  private static LearningGraph of(Subject.File subject, TrainableModel opened, boolean anySize) {
    TrainableWeights file = weights(opened.file());
    List<String> trained = selected(subject.model(), file, opened.file());
    ImageShape shape = subject.input();
    OnnxModel model =
        anySize
            ? sized(
                opened.graph(),
                opened.images(),
                shape.channels(),
                Dimension.named("height"),
                Dimension.named("width"))
            : sized(opened.graph(), opened.images(), shape);
    TrainableWeights weights = TrainableWeights.of(model, opened.logits());
    List<String> missing = trained.stream().filter(name -> weights.find(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new UntrainableModelException(
          "%s: the weights %s are not among those of the form that gives logits; leave them out by 'only'"
              .formatted(subject.model().card().file(), missing));
    }
    checkNoCopies(subject.model(), file, weights, trained);
    return new LearningGraph(
        model,
        opened.images(),
        opened.logits(),
        Optional.empty(),
        weights,
        trained,
        subject.batchStatistics(),
        file,
        subject.model().weights() == StartingModel.Weights.FRESH
            ? new FreshWeights(file, opened.file().model(), subject.seed()).draw(trained)
            : Map.of());
  }

  /** A copy of a weight would stay as it is while the weight is trained. */
  private static void checkNoCopies(
      StartingModel model, TrainableWeights file, TrainableWeights weights, List<String> trained) {
    for (Weight other : weights.weights()) {
      if (file.find(other.name()).isPresent()) {
        continue;
      }
      float[] content = weights.content(other.name());
      for (String name : trained) {
        if (Arrays.equals(content, file.content(name))) {
          throw new UntrainableModelException(
              "%s: the form that gives logits holds the weight '%s' twice; leave it out by 'only', or export the model in a simpler form"
                  .formatted(model.card().file(), name));
        }
      }
    }
  }

  private static TrainableWeights weights(TrainableFile file) {
    return TrainableWeights.of(file.model(), file.scores());
  }

  private static List<String> selected(
      StartingModel model, TrainableWeights weights, TrainableFile file) {
    WeightSelection selection = new WeightSelection(weights, file.model(), file.scores());
    for (int index = 0; index < model.only().size(); index++) {
      try {
        selection.names(List.of(model.only().get(index)));
      } catch (UntrainableModelException e) {
        throw new RefusedChoiceException("only." + index, e.getMessage(), e);
      }
    }
    return selection.names(model.only());
  }

  /**
   * Returns the model in the form of training, for images of one shape.
   *
   * @throws UntrainableModelException if a Dropout has no known ratio
   */
  TrainingForm formAt(ImageShape shape) {
    TrainableWeights own = TrainableWeights.of(sized(model, image, shape), output);
    return TrainingForm.of(own.open(trained), form());
  }

  /** Fixes the size of images, so that the shape of every value is known. */
  private static OnnxModel sized(OnnxModel model, String image, ImageShape shape) {
    return sized(
        model, image, shape.channels(), Dimension.of(shape.height()), Dimension.of(shape.width()));
  }

  private static OnnxModel sized(
      OnnxModel model, String image, int channels, Dimension height, Dimension width) {
    GraphEditor graph = GraphEditor.of(model);
    Dimension batch = Dimension.named("N");
    graph.replaceInputs(
        input ->
            input.name().equals(image)
                ? new TensorInfo(
                    image,
                    input.type(),
                    Optional.of(Shape.of(batch, Dimension.of(channels), height, width)))
                : input);
    return graph.build(model.name());
  }

  /** Returns which operators take the form of training. */
  TrainingForm.Choice form() {
    return new TrainingForm.Choice(batchStatistics, true);
  }

  /** Returns the number of classes; empty where the network returns images. */
  Optional<Integer> classes() {
    return Shapes.of(model)
        .of(new Value(output))
        .filter(shape -> shape.rank() == 2 && shape.axis(1).isFixed())
        .map(shape -> Math.toIntExact(shape.axis(1).size()));
  }

  /**
   * Returns the graph of a step.
   *
   * @throws BadInputException if an operator between a weight and the loss has no gradient
   */
  StepGraph step(Objective objective) {
    try {
      StepGraph step =
          TrainingGraph.of(weights).train(trained).form(form()).loss(part(objective)).build();
      checkStatistics(step);
      return step;
    } catch (UncoveredOperatorException | UntrainableModelException | OnnxFormatException e) {
      throw new RefusedChoiceException("model", e.getMessage(), e);
    }
  }

  /** Refuses running statistics that several normalisations, or a weight, share. */
  private void checkStatistics(StepGraph step) {
    Set<String> seen = new HashSet<>();
    for (StatisticPort port : step.statistics()) {
      for (String name : List.of(port.mean(), port.variance())) {
        if (!weights.statistics().contains(name) || !seen.add(name)) {
          throw new UntrainableModelException(
              "%s: several batch normalisations share the constant '%s', so none has a running statistic of its own; an exporter merges equal constants, as those of a network that was never trained. Write statistics: frozen, or export the model with different numbers in them"
                  .formatted(model.name(), name));
        }
      }
    }
  }

  private LossPart part(Objective objective) {
    if (objective instanceof Objective.CrossEntropy entropy) {
      return CrossEntropy.of(output).smoothed((float) entropy.smoothing());
    }
    if (objective instanceof Objective.BinaryCrossEntropy entropy) {
      String value =
          beforeSigmoid.orElseThrow(
              () ->
                  new RefusedChoiceException(
                      "with.architecture",
                      "binary cross-entropy needs a network that ends in a" + " sigmoid"));
      return new BinaryCrossEntropy("binary-cross-entropy", value, 1, entropy.balanced());
    }
    return objective instanceof Objective.MeanSquaredError
        ? ElementDistance.toTarget(output, ElementDistance.Measure.SQUARED)
        : OutsideGradient.of(output);
  }

  /** Finds what cannot be trained in a file, without loading it. */
  static void check(Subject.File subject, Optional<SizeRange> sizes) {
    checkSizes(subject, sizes);
    told(
        () -> {
          TrainableFile file = TrainableFile.read(subject.model().card());
          return selected(subject.model(), weights(file), file);
        });
  }

  private static void checkSizes(Subject.File subject, Optional<SizeRange> sizes) {
    ModelCard card = subject.model().card();
    if (sizes.isPresent() && !(card.input().height().isEmpty() && card.input().width().isEmpty())) {
      throw new RefusedChoiceException(
          "with.sizes",
          "%s takes images of %s alone; export it with a height and width of any size, or remove sizes"
              .formatted(card.file(), card.input().sizes()));
    }
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (UntrainableModelException | OnnxFormatException e) {
      throw new RefusedChoiceException("model", e.getMessage(), e);
    }
  }
}
