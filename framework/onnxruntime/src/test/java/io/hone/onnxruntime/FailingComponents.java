package io.hone.onnxruntime;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.Improver;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Pixels;
import io.hone.api.model.Loss;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.engine.metric.Accuracy;
import io.hone.engine.metric.DistanceFigures;
import io.hone.engine.metric.ReductionRate;
import io.hone.engine.metric.SuccessRate;
import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A data set, an attack and an improver that ask ONNX Runtime first, and then fail as told. */
public final class FailingComponents {
  private final Shades shades = new Shades();

  /** Returns them with the real backend. */
  ComponentRegistry registry() {
    return new ComponentRegistry(
        List.of(
            installed(ComponentKind.DATASET, shades),
            installed(ComponentKind.BACKEND, new OnnxRuntimeBackend()),
            installed(ComponentKind.ATTACK, new Descent()),
            installed(ComponentKind.IMPROVER, new Retreat()),
            installed(ComponentKind.METRIC, new SuccessRate()),
            installed(ComponentKind.METRIC, new Accuracy()),
            installed(ComponentKind.METRIC, new DistanceFigures()),
            installed(ComponentKind.METRIC, new ReductionRate())));
  }

  /** Returns how many data sets are open. */
  int openDataSets() {
    return shades.open.get();
  }

  private static <C> InstalledComponent<C> installed(ComponentKind kind, C component) {
    return new InstalledComponent<>(
        ComponentDescriptors.read(component.getClass(), kind, "test 1.0"), component);
  }

  /** What a component does instead of its work. */
  public enum Fault {
    NONE,
    REFUSE,
    THROW,
    RUN_OUT_OF_STACK,
    WRITE_NAN
  }

  private static void fail(Fault fault, Tensor adversarial) {
    switch (fault) {
      case THROW -> throw new IllegalStateException("out of ideas");
      case RUN_OUT_OF_STACK -> throw new StackOverflowError("out of stack");
      case WRITE_NAN -> adversarial.set(0, 0, Float.NaN);
      case NONE, REFUSE -> {}
    }
  }

  private static void refuse(Fault fault) {
    if (fault == Fault.REFUSE) {
      throw new BadInputException("not today");
    }
  }

  /** Images of one shade each: the first is black, the last white. */
  @Named(id = "shades", summary = "Gives images of one shade each.")
  public static final class Shades implements DatasetProvider<Shades.Params> {
    private static final int SIZE = 9;

    private final AtomicInteger open = new AtomicInteger();

    public record Params(
        @Param(value = "Colours.", def = "2") int channels,
        @Param(value = "Rows and columns.", def = "6") int side,
        @Param(value = "The label of every image; -1: there is none.", def = "-1") int label,
        @Param(value = "The first image that cannot be read.", def = "1000") int broken,
        @Param(value = "Whether a check finds it.", def = "false") boolean checked) {}

    /** Creates the component. */
    public Shades() {}

    @Override
    public Dataset open(Params parameters, DatasetRequest request, Run run) {
      open.incrementAndGet();
      return new Dataset() {
        @Override
        public long size() {
          return SIZE;
        }

        @Override
        public ImageShape shape() {
          return new ImageShape(parameters.channels(), parameters.side(), parameters.side());
        }

        @Override
        public List<String> classNames() {
          return List.of();
        }

        @Override
        public int label(long position) {
          return parameters.label();
        }

        @Override
        public void check(long position, long count) {
          if (parameters.checked()) {
            refuseBroken(position, count);
          }
        }

        @Override
        public void read(long position, Tensor into, int[] labels) {
          refuseBroken(position, into.rows());
          for (int row = 0; row < into.rows(); row++) {
            for (int feature = 0; feature < into.rowSize(); feature++) {
              into.set(row, feature, (position + row) / (SIZE - 1f));
            }
            labels[row] = parameters.label();
          }
        }

        private void refuseBroken(long position, long count) {
          if (position + count > parameters.broken()) {
            throw new BadInputException("image " + parameters.broken() + " is damaged");
          }
        }

        @Override
        public String fingerprint() {
          return "shades " + parameters;
        }

        @Override
        public void close() {
          open.decrementAndGet();
        }
      };
    }
  }

  /** Goes down the loss, far enough for another class. */
  @Named(id = "descent", summary = "Goes down the loss.")
  public static final class Descent implements Attack<Descent.Params> {
    private static final int STEPS = 6;

    public record Params(
        @Param(value = "What it does instead.", def = "none") Fault fault,
        @Param("A further model, opened in the preparation.") Optional<ModelReference> second) {}

    /** Creates the component. */
    public Descent() {}

    @Override
    public Access access(Params parameters) {
      return Access.GRADIENTS;
    }

    @Override
    public void prepare(Params parameters, Setting setting, Run run) {
      parameters.second().ifPresent(run::openClassifier);
      refuse(parameters.fault());
    }

    @Override
    public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      for (int step = 0; step < STEPS; step++) {
        Tensor slope =
            victim
                .lossGradient(
                    clean.images().with(adversarial),
                    Loss.crossEntropy(clean.targeted()),
                    clean.goalClasses())
                .gradient();
        for (int row = 0; row < clean.size(); row++) {
          for (int feature = 0; feature < adversarial.rowSize(); feature++) {
            float moved =
                adversarial.get(row, feature) - 0.3f * Math.signum(slope.get(row, feature));
            adversarial.set(row, feature, Pixels.clip(moved));
          }
        }
      }
      fail(parameters.fault(), adversarial);
    }
  }

  /** Asks for the class and keeps the image. */
  @Named(id = "retreat", summary = "Keeps the image.")
  public static final class Retreat implements Improver<Retreat.Params> {
    public record Params(@Param(value = "What it does instead.", def = "none") Fault fault) {}

    /** Creates the component. */
    public Retreat() {}

    @Override
    public Access access(Params parameters) {
      return Access.LABELS;
    }

    @Override
    public void prepare(Params parameters, Setting setting, Run run) {
      refuse(parameters.fault());
    }

    @Override
    public void improve(
        Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      victim.predict(clean.images().with(adversarial));
      fail(parameters.fault(), adversarial);
    }
  }
}
