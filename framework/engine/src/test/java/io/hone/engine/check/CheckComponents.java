package io.hone.engine.check;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.ModelBackend;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import io.hone.api.geometry.NormChoice;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.engine.EngineComponents;
import io.hone.engine.context.KeyedRandom;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.ScaledClassifier;
import io.hone.testkit.model.SlopelessClassifier;
import io.hone.testkit.model.TwoLayerClassifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Models, images and attacks that self-checks find something in, or nothing. */
final class CheckComponents {
  static final ImageShape SHAPE = new ImageShape(1, 3, 4);

  private CheckComponents() {}

  static ComponentRegistry registry() {
    List<InstalledComponent<?>> all = new ArrayList<>(EngineComponents.all());
    all.add(EngineComponents.installed(ComponentKind.DATASET, new Points()));
    all.add(EngineComponents.installed(ComponentKind.BACKEND, new Exact()));
    all.add(EngineComponents.installed(ComponentKind.ATTACK, new Walk()));
    all.add(EngineComponents.installed(ComponentKind.ATTACK, new Guess()));
    return new ComponentRegistry(all);
  }

  /** Returns the sound model that the labels come from. */
  static ExactClassifier sound(int classes) {
    return TwoLayerClassifier.random(
        SHAPE, classes, TwoLayerClassifier.Activation.TANH, new KeyedRandom(3, "model", 0));
  }

  /** Random images with the labels that the sound model gives them. */
  @Named(id = "points", summary = "Gives random images.")
  public static final class Points implements DatasetProvider<Points.Params> {
    public record Params(
        @Param(value = "Number of images.", def = "60") int size,
        @Param(value = "Number of classes.", def = "3") int classes,
        @Param(value = "Whether every label is another class.", def = "false") boolean wrong) {}

    /** Creates the component. */
    public Points() {}

    @Override
    public Dataset open(Params parameters, DatasetRequest request, Run run) {
      ExactClassifier model = sound(Math.max(2, parameters.classes()));
      return new Dataset() {
        @Override
        public long size() {
          return parameters.size();
        }

        @Override
        public ImageShape shape() {
          return SHAPE;
        }

        @Override
        public List<String> classNames() {
          return List.of();
        }

        @Override
        public void read(long position, Tensor into, int[] labels) {
          for (int row = 0; row < into.rows(); row++) {
            RandomGenerator random = new KeyedRandom(1, "points", position + row);
            for (int feature = 0; feature < into.rowSize(); feature++) {
              into.set(row, feature, 0.2f + 0.6f * random.nextFloat());
            }
            ImageBatch image = new ImageBatch(into.rows(row, row + 1), new long[] {position + row});
            int label = parameters.classes() < 2 ? 0 : model.predict(image)[0];
            labels[row] = parameters.wrong() ? (label + 1) % parameters.classes() : label;
          }
        }

        @Override
        public String fingerprint() {
          return "points " + parameters;
        }
      };
    }
  }

  /** Runs the sound model, or spoils it. */
  @Named(id = "exact", summary = "Runs a model with exact gradients.")
  public static final class Exact implements ModelBackend<Exact.Params> {
    public enum Form {
      SOUND,
      SLOPELESS,
      HUGE,
      CONSTANT,
      INDIFFERENT,
      RANDOM,
      ONE_CLASS,
      INFINITE
    }

    public record Params(
        @Param(value = "What is wrong with it.", def = "sound") Form form,
        @Param(value = "Number of classes.", def = "3") int classes) {}

    /** Creates the component. */
    public Exact() {}

    @Override
    public boolean accepts(ModelCard card) {
      return card.file().toString().endsWith(".exact");
    }

    @Override
    public Optional<ModelCard> describe(Path file) {
      return Optional.of(
          new ModelCard(
              "exact",
              file,
              file.getFileName().toString(),
              Task.CLASSIFIER,
              new ModelCard.Input(
                  Optional.empty(),
                  ModelCard.Layout.NCHW,
                  1,
                  Optional.of(3),
                  Optional.of(4),
                  ModelCard.Range.UNIT,
                  List.of(),
                  List.of()),
              new ModelCard.Output(Optional.empty(), ModelCard.OutputKind.LOGITS, 3, List.of()),
              Map.of()));
    }

    @Override
    public Classifier openClassifier(Params parameters, ModelCard card, Run run) {
      ExactClassifier sound = sound(Math.max(2, parameters.classes()));
      return switch (parameters.form()) {
        case SOUND -> sound;
        case SLOPELESS -> new SlopelessClassifier(sound);
        case HUGE -> new ScaledClassifier(sound, 1e4);
        case CONSTANT -> new ConstantClassifier(SHAPE, 1, 1, 1);
        case INDIFFERENT -> new ConstantClassifier(SHAPE, 3, 2, 1);
        case RANDOM -> new Wavering(sound, 0.5f);
        case ONE_CLASS -> new ConstantClassifier(SHAPE, 1);
        case INFINITE -> new ConstantClassifier(SHAPE, Double.POSITIVE_INFINITY, 1, 0);
      };
    }

    @Override
    public ImageTransformer openImageTransformer(Params parameters, ModelCard card, Run run) {
      throw new IllegalStateException("no autoencoders here");
    }

    @Override
    public String device(Params parameters, Run run) {
      return "cpu";
    }
  }

  /** Answers otherwise each time. */
  private static final class Wavering implements DifferentiableClassifier {
    private final ExactClassifier model;
    private final float size;
    private final AtomicInteger asked = new AtomicInteger();

    Wavering(ExactClassifier model, float size) {
      this.model = model;
      this.size = size;
    }

    @Override
    public int classes() {
      return model.classes();
    }

    @Override
    public boolean accepts(ImageShape shape) {
      return model.accepts(shape);
    }

    @Override
    public Tensor logits(ImageBatch images) {
      Tensor logits = model.logits(images);
      RandomGenerator random = new KeyedRandom(9, "draws", asked.incrementAndGet());
      for (int row = 0; row < logits.rows(); row++) {
        for (int k = 0; k < logits.rowSize(); k++) {
          logits.set(row, k, logits.get(row, k) + size * (float) random.nextGaussian());
        }
      }
      return logits;
    }

    @Override
    public Tensor vjp(ImageBatch images, Tensor cotangent) {
      return model.vjp(images, cotangent);
    }
  }

  /** Walks down the loss within a ball, and may break its promises. */
  @Named(id = "walk", summary = "Walks down the loss.", example = "{epsilon: 0.1}")
  @AttackProfile(
      norms = {Norm.LINF, Norm.L2},
      formula = "x' = x - step * g",
      cost = "steps gradients")
  public static final class Walk implements Attack<Walk.Params> {
    public enum Habit {
      /** Stops at the first success. */
      SOUND,
      /** Turns back after its first success. */
      FORGETFUL,
      /** Ends a little outside of the ball. */
      STRAYING,
      /** Takes the clean image for its example where the radius is larger than 0.3. */
      TIMID
    }

    public record Params(
        @Param(value = "Radius.", def = "0.1", min = 0, unit = Param.Unit.RADIUS) double epsilon,
        @Param(value = "Norm.", def = "linf") Norm norm,
        @Param(value = "Steps.", def = "12", min = 1) int steps,
        @Param(value = "Share of the radius that a step takes.", def = "0.2") float step,
        @Param(value = "How it walks.", def = "sound") Habit habit) {}

    /** Creates the component. */
    public Walk() {}

    @Override
    public Access access(Params parameters) {
      return Access.GRADIENTS;
    }

    @Override
    public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      Ball ball = new Ball(parameters.norm(), parameters.epsilon());
      boolean[] met = new boolean[clean.size()];
      boolean lazy = parameters.habit() == Habit.TIMID && parameters.epsilon() > 0.3;
      for (int step = 0; step < parameters.steps() && !lazy; step++) {
        Loss loss = Loss.crossEntropy(clean.targeted());
        LossGradient slope =
            victim.lossGradient(clean.images().with(adversarial), loss, clean.goalClasses());
        for (int row = 0; row < clean.size(); row++) {
          met[row] |= clean.succeeds(row, slope.logits().argmax(row));
          if (met[row]) {
            continue;
          }
          float[] image = adversarial.row(row);
          float size = (float) (parameters.step() * parameters.epsilon());
          parameters.norm().descend(image, slope.gradient().row(row), size);
          ball.project(image, clean.pixels().row(row));
          adversarial.setRow(row, image);
        }
      }
      for (int row = 0; row < clean.size(); row++) {
        if (parameters.habit() == Habit.FORGETFUL && met[row]) {
          adversarial.copyRow(row, clean.pixels(), row);
        } else if (parameters.habit() == Habit.STRAYING) {
          float value = clean.pixels().get(row, 0);
          adversarial.set(row, 0, (float) (value + parameters.epsilon() + 1e-3));
        }
      }
    }
  }

  /** Tries corners of the ball by scores alone. */
  @Named(id = "guess", summary = "Tries corners of the ball.", example = "{epsilon: 0.1}")
  @AttackProfile(norms = Norm.LINF, formula = "x' = x + epsilon * s", cost = "queries forwards")
  public static final class Guess implements Attack<Guess.Params> {
    public enum Size implements NormChoice {
      LINF;

      @Override
      public Norm norm() {
        return Norm.LINF;
      }
    }

    public record Params(
        @Param(value = "Radius.", def = "0.1", min = 0, unit = Param.Unit.RADIUS) double epsilon,
        @Param(value = "Norm.", def = "linf") Size norm,
        @Param(value = "Queries.", def = "5000", min = 1) int queries) {}

    /** Creates the component. */
    public Guess() {}

    @Override
    public Access access(Params parameters) {
      return Access.SCORES;
    }

    @Override
    public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      Ball ball = new Ball(Norm.LINF, parameters.epsilon());
      for (int row = 0; row < clean.size(); row++) {
        RandomGenerator random = run.random(clean.sample(row));
        ImageBatch sample = clean.images().rows(row, row + 1);
        for (int query = 0; query < Math.min(300, parameters.queries()); query++) {
          float[] image = sample.pixels().row(0);
          IntStream.range(0, image.length)
              .forEach(
                  feature ->
                      image[feature] +=
                          (float) (random.nextBoolean() ? 1 : -1) * (float) parameters.epsilon());
          ball.project(image, sample.pixels().row(0));
          Tensor tried = sample.pixels().copy();
          tried.setRow(0, image);
          if (clean.succeeds(row, victim.logits(sample.with(tried)).argmax(0))) {
            adversarial.setRow(row, image);
            break;
          }
        }
      }
    }
  }
}
