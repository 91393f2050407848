package io.hone.scenario.binding;

import io.hone.api.Attack;
import io.hone.api.Component;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.api.ModelBackend;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Dataset;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.Recipe;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingOption;
import io.hone.api.train.TrainingTask;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Components that are declared as real ones are, to be named in scenarios that are never run. */
public final class SampleComponents {
  private static final String SOURCE = "sample 1.0";

  private SampleComponents() {}

  /** Returns a registry of all of them. */
  public static ComponentRegistry registry() {
    return new ComponentRegistry(
        List.of(
            installed(ComponentKind.ATTACK, new Fgsm()),
            installed(ComponentKind.ATTACK, new Elaborate()),
            installed(ComponentKind.IMPROVER, new Greedy()),
            installed(ComponentKind.IMPROVER, new RedundancyAutoencoder()),
            installed(ComponentKind.DEFENSE, new DenoisingAutoencoder()),
            installed(ComponentKind.DEFENSE, new Randomization()),
            installed(ComponentKind.DATASET, new Mnist()),
            installed(ComponentKind.BACKEND, new OnnxRuntime()),
            installed(ComponentKind.TRAINER, new RedundancyTrainer()),
            installed(ComponentKind.TRAINER, new Hardener()),
            installed(ComponentKind.TRAINER, new ShardTrainer()),
            installed(ComponentKind.METRIC, new SuccessRate()),
            installed(ComponentKind.METRIC, new Accuracy()),
            installed(ComponentKind.METRIC, new Distance()),
            installed(ComponentKind.METRIC, new ReductionRate())));
  }

  /** Returns a component of this class with its descriptor. */
  static <C extends Component<?>> InstalledComponent<C> installed(ComponentKind kind, C component) {
    return new InstalledComponent<>(
        ComponentDescriptors.read(component.getClass(), kind, SOURCE), component);
  }

  private static UnsupportedOperationException neverRun() {
    return new UnsupportedOperationException("sample components are never run");
  }

  /** Parameters of a component that has none. */
  public record None() {}

  /** One signed step. */
  @Named(id = "fgsm", summary = "Takes one signed gradient step.", example = "{epsilon: 0.1}")
  public static final class Fgsm implements Attack<Fgsm.Params> {
    /** The usual parameters. */
    public record Params(
        @Param(
                value = "Step size in pixel units of [0, 1].",
                def = "0.1",
                min = 0,
                max = 1,
                unit = Param.Unit.PIXEL)
            float epsilon,
        @Param(value = "Norm of the step.", def = "linf") Norm norm) {}

    /** A norm. */
    public enum Norm {
      LINF,
      L2
    }

    @Override
    public Access access(Params parameters) {
      return Access.GRADIENTS;
    }

    @Override
    public void attack(Params parameters, Victim victim, Batch clean, Tensor out, Run run) {
      throw neverRun();
    }
  }

  /** Has a parameter of every type. */
  @Named(
      id = "elaborate",
      summary = "Has a parameter of every type.",
      example = "{rounds: 3, schedule: {rate: 0.5}}")
  public static final class Elaborate implements Attack<Elaborate.Params> {
    /** One parameter of every type. */
    public record Params(
        @Param(value = "How many rounds.", min = 1) int rounds,
        @Param(value = "Largest number of evaluations.", def = "5000000000") long evaluations,
        @Param(value = "Confidence kappa.", def = ".inf", min = 0) float confidence,
        @Param(value = "Weight of the distance.", def = "1.0e-3") double weight,
        @Param(value = "Whether it starts anew.", def = "true") boolean restart,
        @Param(value = "Free text.", def = "plain") String label,
        @Param("A file of examples.") Optional<Path> examples,
        @Param("A further model.") Optional<ModelReference> surrogate,
        @Param("Classes that take part.") List<Integer> classes,
        @Param(value = "Sizes tried.", def = "[1px, 2/255]", unit = Param.Unit.PIXEL)
            List<Float> sizes,
        @Param("How the step shrinks.") Schedule schedule,
        @Param("Further schedules.") List<Schedule> more) {
      /** Checks what one parameter says of another. */
      public Params {
        if (evaluations < rounds) {
          throw new IllegalArgumentException("evaluations must be at least rounds");
        }
      }
    }

    /** A nested record. */
    public record Schedule(
        @Param(value = "Factor per round.", min = 0, max = 1) double rate,
        @Param(value = "How it falls.", def = "step-wise") Fall fall) {}

    /** A shape of a schedule. */
    public enum Fall {
      STEP_WISE,
      SMOOTH
    }

    @Override
    public Access access(Params parameters) {
      return Access.SCORES;
    }

    @Override
    public void attack(Params parameters, Victim victim, Batch clean, Tensor out, Run run) {
      throw neverRun();
    }
  }

  /** Restores features greedily. */
  @Named(id = "greedy", summary = "Restores features greedily.")
  public static final class Greedy implements Improver<Greedy.Params> {
    /** The usual parameters. */
    public record Params(
        @Param(value = "First block size, in features.", def = "6", min = 1) int step) {}

    @Override
    public Access access(Params parameters) {
      return Access.LABELS;
    }

    @Override
    public void improve(Params parameters, Victim victim, Batch clean, Tensor out, Run run) {
      throw neverRun();
    }
  }

  /** Restores what an autoencoder points at. */
  @Named(
      id = "autoencoder",
      summary = "Restores what an autoencoder points at.",
      example = "{model: model}")
  public static final class RedundancyAutoencoder
      implements Improver<RedundancyAutoencoder.Params> {
    /** The usual parameters. */
    public record Params(
        @Param("The autoencoder.") ModelReference model,
        @Param(value = "Probability from which on.", def = "0.96", min = 0, max = 1)
            float threshold) {}

    @Override
    public Access access(Params parameters) {
      return Access.LABELS;
    }

    @Override
    public void improve(Params parameters, Victim victim, Batch clean, Tensor out, Run run) {
      throw neverRun();
    }
  }

  /** Denoises. */
  @Named(id = "autoencoder", summary = "Denoises images.", example = "{model: model}")
  public static final class DenoisingAutoencoder implements Defense<DenoisingAutoencoder.Params> {
    /** The usual parameters. */
    public record Params(@Param("The autoencoder.") ModelReference model) {}

    @Override
    public Classifier protect(Params parameters, Classifier base, Run run) {
      throw neverRun();
    }
  }

  /** Resizes and pads. */
  @Named(id = "randomization", summary = "Resizes and pads at random.")
  public static final class Randomization implements Defense<None> {
    @Override
    public Classifier protect(None parameters, Classifier base, Run run) {
      throw neverRun();
    }
  }

  /** Handwritten digits. */
  @Named(id = "mnist", summary = "Handwritten digits.")
  public static final class Mnist implements DatasetProvider<Mnist.Params> {
    /** The usual parameters. */
    public record Params(
        @Param(value = "Which part.", def = "test") Split split,
        @Param(value = "Classes kept; all if empty.", min = 0, max = 9) List<Integer> classes) {}

    /** A part of the data set. */
    public enum Split {
      TRAIN,
      TEST
    }

    @Override
    public Dataset open(Params parameters, DatasetRequest request, Run run) {
      throw neverRun();
    }
  }

  /** Runs models. */
  @Named(id = "onnxruntime", summary = "Runs ONNX models.")
  public static final class OnnxRuntime implements ModelBackend<OnnxRuntime.Params> {
    /** The usual parameters. */
    public record Params(@Param(value = "Where.", def = "cpu") Device device) {}

    /** A device. */
    public enum Device {
      CPU,
      CUDA,
      AUTO
    }

    @Override
    public boolean accepts(ModelCard card) {
      throw neverRun();
    }

    @Override
    public Optional<ModelCard> describe(Path file) {
      throw neverRun();
    }

    @Override
    public Classifier openClassifier(Params parameters, ModelCard card, Run run) {
      throw neverRun();
    }

    @Override
    public ImageTransformer openImageTransformer(Params parameters, ModelCard card, Run run) {
      throw neverRun();
    }

    @Override
    public String device(Params parameters, Run run) {
      throw neverRun();
    }
  }

  /** Trains. */
  @Named(id = "redundancy-autoencoder", summary = "Trains a recogniser of redundancy.")
  public static final class RedundancyTrainer implements Trainer<RedundancyTrainer.Params> {
    /** The usual parameters. */
    public record Params(@Param(value = "Most epochs.", def = "40", min = 1) int epochs) {}

    @Override
    public Recipe recipe(Params parameters, TrainingChoices choices) {
      throw neverRun();
    }

    @Override
    public TrainedModel train(
        Params parameters, TrainingTask task, BatchTransform transform, Run run) {
      throw neverRun();
    }
  }

  /** Takes whatever may be written beside its parameters. */
  @Named(id = "hardener", summary = "Trains a model further.")
  public static final class Hardener implements Trainer<None> {
    @Override
    public Recipe recipe(None parameters, TrainingChoices choices) {
      throw neverRun();
    }

    @Override
    public Set<TrainingOption> options() {
      return Set.of(TrainingOption.values());
    }

    @Override
    public TrainedModel train(
        None parameters, TrainingTask task, BatchTransform transform, Run run) {
      throw neverRun();
    }
  }

  /** Takes a number of shards alone. */
  @Named(id = "shard-trainer", summary = "Trains in shards.")
  public static final class ShardTrainer implements Trainer<None> {
    @Override
    public Recipe recipe(None parameters, TrainingChoices choices) {
      throw neverRun();
    }

    @Override
    public Set<TrainingOption> options() {
      return Set.of(TrainingOption.SHARDS);
    }

    @Override
    public TrainedModel train(
        None parameters, TrainingTask task, BatchTransform transform, Run run) {
      throw neverRun();
    }
  }

  /** Measures successes. */
  @Named(id = "success-rate", summary = "Measures successes.")
  public static final class SuccessRate implements Metric<None> {
    @Override
    public Accumulator start(None parameters, Setting setting) {
      throw neverRun();
    }
  }

  /** Measures accuracy. */
  @Named(id = "accuracy", summary = "Measures accuracy.")
  public static final class Accuracy implements Metric<None> {
    @Override
    public Accumulator start(None parameters, Setting setting) {
      throw neverRun();
    }
  }

  /** Measures distances. */
  @Named(id = "distance", summary = "Measures distances.")
  public static final class Distance implements Metric<None> {
    @Override
    public Accumulator start(None parameters, Setting setting) {
      throw neverRun();
    }
  }

  /** Measures reductions. */
  @Named(id = "reduction-rate", summary = "Measures reductions.")
  public static final class ReductionRate implements Metric<ReductionRate.Params> {
    /** One parameter. */
    public record Params(
        @Param(value = "Figures over successes only.", def = "true") boolean successes) {}

    @Override
    public Accumulator start(Params parameters, Setting setting) {
      throw neverRun();
    }
  }
}
