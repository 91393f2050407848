package io.hone.engine;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.BadInputException;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.api.ModelBackend;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.RecoveringClassifier;
import io.hone.api.data.Batch;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.ValueAccumulator;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Input;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Output;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.run.TrustFlag;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.engine.context.KeyedRandom;
import io.hone.engine.metric.Accuracy;
import io.hone.engine.metric.DistanceFigures;
import io.hone.engine.metric.ReductionRate;
import io.hone.engine.metric.SuccessRate;
import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** Small components that do real work, for runs of the engine without native libraries. */
public final class EngineComponents {
  private static final ImageShape SHAPE = new ImageShape(1, 3, 4);
  private static final int CLASSES = 3;

  private EngineComponents() {}

  static ComponentRegistry registry() {
    return new ComponentRegistry(all());
  }

  /** Returns all of them. */
  public static List<InstalledComponent<?>> all() {
    return List.of(
        installed(ComponentKind.DATASET, new Noise()),
        installed(ComponentKind.DATASET, new OpenFile()),
        installed(ComponentKind.BACKEND, new Linear()),
        installed(ComponentKind.ATTACK, new Push()),
        installed(ComponentKind.ATTACK, new Faulty()),
        installed(ComponentKind.ATTACK, new Idle()),
        installed(ComponentKind.ATTACK, new Holder()),
        installed(ComponentKind.ATTACK, new InTurn()),
        installed(ComponentKind.ATTACK, new Recorded()),
        installed(ComponentKind.IMPROVER, new Sound()),
        installed(ComponentKind.IMPROVER, new Slow()),
        installed(ComponentKind.IMPROVER, new Steep()),
        installed(ComponentKind.IMPROVER, new RestoreOneByOne()),
        installed(ComponentKind.IMPROVER, new RestoreAll()),
        installed(ComponentKind.DEFENSE, new Darken()),
        installed(ComponentKind.METRIC, new Shadow()),
        installed(ComponentKind.METRIC, new Clashing()),
        installed(ComponentKind.METRIC, new SuccessRate()),
        installed(ComponentKind.METRIC, new Accuracy()),
        installed(ComponentKind.METRIC, new DistanceFigures()),
        installed(ComponentKind.METRIC, new ReductionRate()));
  }

  /** Returns a component of this class with its descriptor. */
  public static <C> InstalledComponent<C> installed(ComponentKind kind, C component) {
    return new InstalledComponent<>(
        ComponentDescriptors.read(component.getClass(), kind, "test 1.0"), component);
  }

  /** Random images whose label is what the linear model says, but for every seventh. */
  @Named(id = "noise", summary = "Gives random images.")
  public static final class Noise implements DatasetProvider<Noise.Params> {
    public record Params(
        @Param(value = "Number of images.", def = "100") int size,
        @Param(value = "Added to every label.", def = "0") int shift,
        @Param(value = "Whether labels are known.", def = "true") boolean labelled,
        @Param(value = "Whether every label is another class.", def = "false") boolean scrambled,
        @Param(value = "Whether images are in the order of their classes.", def = "false")
            boolean sorted,
        @Param(value = "Whether classes have names.", def = "false") boolean named,
        @Param(value = "Classes that have names, if any have.", def = "4") int classes,
        @Param(value = "Columns.", def = "4") int width,
        @Param(value = "The first image that cannot be read.", def = "1000000") int broken,
        @Param(value = "Whether a check finds it.", def = "true") boolean checked,
        @Param(value = "The image that holds NaN, if any does.", def = "-1") int hole) {}

    /** Creates the component. */
    public Noise() {}

    private static void image(long place, Tensor into, int row) {
      RandomGenerator random = new KeyedRandom(1, "noise", place);
      for (int feature = 0; feature < into.rowSize(); feature++) {
        into.set(row, feature, random.nextFloat());
      }
    }

    private static long[] order(Params parameters) {
      Tensor image = Tensor.images(1, SHAPE);
      return LongStream.range(0, parameters.size())
          .boxed()
          .sorted(
              Comparator.comparingInt(
                  place -> {
                    image(place, image, 0);
                    return parameters.sorted() ? LinearModel.logits(image, 0, false).argmax(0) : 0;
                  }))
          .mapToLong(Long::longValue)
          .toArray();
    }

    @Override
    public Dataset open(Params parameters, DatasetRequest request, Run run) {
      long[] order = order(parameters);
      return new Dataset() {
        @Override
        public long size() {
          return parameters.size();
        }

        @Override
        public ImageShape shape() {
          return new ImageShape(SHAPE.channels(), SHAPE.height(), parameters.width());
        }

        @Override
        public List<String> classNames() {
          return parameters.named()
              ? List.of("low", "middle", "high", "none").subList(0, parameters.classes())
              : List.of();
        }

        @Override
        public long sample(long position) {
          return 1000 + position;
        }

        @Override
        public void check(long position, long count) {
          if (parameters.checked()) {
            refuseBroken(position, count);
          }
        }

        private void refuseBroken(long position, long count) {
          if (position + count > parameters.broken()) {
            throw new BadInputException("image " + parameters.broken() + " is damaged; repair it");
          }
        }

        @Override
        public int label(long position) {
          int[] labels = new int[1];
          draw(position, Tensor.images(1, shape()), labels);
          return labels[0];
        }

        @Override
        public void read(long position, Tensor into, int[] labels) {
          refuseBroken(position, into.rows());
          draw(position, into, labels);
        }

        private void draw(long position, Tensor into, int[] labels) {
          for (int row = 0; row < into.rows(); row++) {
            long place = order[(int) (position + row)];
            image(place, into, row);
            int label = LinearModel.logits(into, row, false).argmax(0);
            boolean isWrong = parameters.scrambled() || place % 7 == 0 && !parameters.sorted();
            int wrong = isWrong ? (label + 1) % CLASSES : label;
            labels[row] = parameters.labelled() ? wrong + parameters.shift() : NO_LABEL;
            if (position + row == parameters.hole()) {
              into.set(row, 2, Float.NaN);
            }
          }
        }

        @Override
        public String fingerprint() {
          return "noise " + parameters;
        }
      };
    }
  }

  /** Random images that keep a file open, as data sets do. */
  @Named(id = "open-file", summary = "Gives random images and keeps a file open.")
  public static final class OpenFile implements DatasetProvider<OpenFile.Params> {
    public record Params(
        @Param(value = "Number of images.", def = "20") int size,
        @Param(value = "Added to every label.", def = "0") int shift) {}

    /** Creates the component. */
    public OpenFile() {}

    @Override
    public Dataset open(Params parameters, DatasetRequest request, Run run) {
      Dataset noise =
          new Noise()
              .open(
                  new Noise.Params(
                      parameters.size(),
                      parameters.shift(),
                      true,
                      false,
                      false,
                      false,
                      4,
                      4,
                      Integer.MAX_VALUE,
                      true,
                      -1),
                  request,
                  run);
      FileChannel file = openSome();
      return new Dataset() {
        @Override
        public long size() {
          return noise.size();
        }

        @Override
        public ImageShape shape() {
          return noise.shape();
        }

        @Override
        public List<String> classNames() {
          return noise.classNames();
        }

        @Override
        public void read(long position, Tensor into, int[] labels) {
          noise.read(position, into, labels);
        }

        @Override
        public String fingerprint() {
          return noise.fingerprint();
        }

        @Override
        public void close() {
          try {
            file.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
    }
  }

  private static FileChannel openSome() {
    try {
      Path file = Files.createTempFile("hone-open", ".tmp");
      return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a value that must be closed, out of another one, and may then refuse to work. */
  @Named(id = "holder", summary = "Keeps files open.")
  public static final class Holder implements Attack<Holder.Params> {
    public record Params(
        @Param(value = "Whether it refuses to work.", def = "false") boolean refuses,
        @Param(value = "Whether it fails on its first batch.", def = "false") boolean fails) {}

    /** Creates the component. */
    public Holder() {}

    @Override
    public Access access(Params parameters) {
      return Access.LABELS;
    }

    @Override
    public void prepare(Params parameters, Setting setting, Run run) {
      // Of one bin of a hash table: Recursive update, where that is how it is kept.
      run.once("Aa", () -> List.of(run.once("BB", EngineComponents::openSome)));
      if (parameters.refuses()) {
        throw new BadInputException("not today");
      }
    }

    @Override
    public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      if (parameters.fails()) {
        throw new IllegalStateException("out of ideas");
      }
    }
  }

  /** Runs {@link LinearModel}. */
  @Named(id = "linear", summary = "Runs a linear model.")
  public static final class Linear implements ModelBackend<Linear.Params> {
    public record Params(
        @Param(value = "Whether it returns NaN for the image that is sample 1005.", def = "false")
            boolean nan,
        @Param(value = "Whether it offers gradients.", def = "true") boolean gradients,
        @Param(value = "For how many of the first samples every gradient is zero.", def = "0")
            int flat,
        @Param(value = "How far the weights are from those of other linear models.", def = "0")
            float tilt,
        @Param(value = "Number of classes.", def = "3") int classes,
        @Param(value = "The images that it takes have so many columns.", def = "4") int width,
        @Param(value = "A flag that it raises, or none.", def = "none") String doubt) {
      /** The plain model. */
      public Params(boolean nan, boolean gradients, int flat) {
        this(nan, gradients, flat, 0, CLASSES, SHAPE.width(), "none");
      }
    }

    /** Creates the component. */
    public Linear() {}

    @Override
    public boolean accepts(ModelCard card) {
      return true;
    }

    @Override
    public Optional<ModelCard> describe(Path file) {
      return Optional.of(
          new ModelCard(
              "linear",
              file,
              "0",
              Task.CLASSIFIER,
              new Input(
                  Optional.empty(),
                  Layout.NCHW,
                  SHAPE.channels(),
                  Optional.of(SHAPE.height()),
                  Optional.of(SHAPE.width()),
                  Range.UNIT,
                  List.of(),
                  List.of()),
              new Output(Optional.empty(), OutputKind.LOGITS, CLASSES, List.of()),
              Map.of()));
    }

    @Override
    public Classifier openClassifier(Params parameters, ModelCard card, Run run) {
      if (!parameters.doubt().equals("none")) {
        run.distrust(new TrustFlag(parameters.doubt(), "Nobody knows."));
      }
      LinearModel model = new LinearModel(parameters);
      return parameters.gradients() ? model : new ScoresOnly(model);
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

  private record ScoresOnly(LinearModel model) implements Classifier {
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
      return model.logits(images);
    }
  }

  /** A linear classifier of fixed weights. */
  static final class LinearModel implements DifferentiableClassifier {
    private final Linear.Params parameters;

    LinearModel(Linear.Params parameters) {
      this.parameters = parameters;
    }

    static float weight(int label, int feature, float tilt) {
      return (float) (Math.sin(1 + 3.7 * label + 1.3 * feature) + tilt * Math.cos(label + feature));
    }

    static Tensor logits(Tensor images, int row, boolean nan) {
      return logits(images, row, nan, CLASSES, 0);
    }

    private static Tensor logits(Tensor images, int row, boolean nan, int classes, float tilt) {
      Tensor logits = Tensor.zeros(1, classes);
      for (int label = 0; label < classes; label++) {
        double sum = nan ? Double.NaN : 0;
        for (int feature = 0; feature < images.rowSize(); feature++) {
          sum += weight(label, feature, tilt) * images.get(row, feature);
        }
        logits.set(0, label, (float) sum);
      }
      return logits;
    }

    @Override
    public int classes() {
      return parameters.classes();
    }

    @Override
    public boolean accepts(ImageShape shape) {
      return shape.equals(new ImageShape(SHAPE.channels(), SHAPE.height(), parameters.width()));
    }

    @Override
    public Tensor logits(ImageBatch images) {
      Tensor logits = Tensor.zeros(images.size(), classes());
      for (int row = 0; row < images.size(); row++) {
        boolean nan = parameters.nan() && images.sample(row) == 1005;
        logits.copyRow(row, logits(images.pixels(), row, nan, classes(), parameters.tilt()), 0);
      }
      return logits;
    }

    @Override
    public LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes) {
      Tensor logits = logits(images);
      Tensor gradient = Tensor.images(images.size(), SHAPE);
      for (int row = 0; row < images.size(); row++) {
        for (int feature = 0; feature < gradient.rowSize(); feature++) {
          float slope =
              images.sample(row) < 1000 + parameters.flat()
                  ? 0
                  : weight(classes[row], feature, parameters.tilt());
          gradient.set(row, feature, loss.targeted() ? -slope : slope);
        }
      }
      return new LossGradient(new float[images.size()], logits, gradient);
    }

    @Override
    public Tensor vjp(ImageBatch images, Tensor cotangent) {
      throw new IllegalStateException("not needed here");
    }
  }

  /** Steps along the gradient, with some noise of its own stream. */
  @Named(id = "push", summary = "Steps along the gradient.", figures = "draws")
  @AttackProfile(bounds = true, formula = "x' = x - step * sign(g)", cost = "1 gradient")
  public static final class Push implements Attack<Push.Params> {
    public record Params(
        @Param(value = "Size of the step.", def = "0.3") float size,
        @Param(value = "A flag that it raises, or none.", def = "none") String doubt,
        @Param(value = "The figure that it records.", def = "draws") String note) {}

    /** Creates the component. */
    public Push() {}

    @Override
    public void prepare(Params parameters, Setting setting, Run run) {
      if (!parameters.doubt().equals("none")) {
        run.distrust(new TrustFlag(parameters.doubt(), "Nobody knows."));
      }
    }

    @Override
    public Access access(Params parameters) {
      return Access.GRADIENTS;
    }

    @Override
    public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      LossGradient slope =
          victim.lossGradient(
              clean.images(), Loss.crossEntropy(clean.targeted()), clean.goalClasses());
      for (int row = 0; row < clean.size(); row++) {
        RandomGenerator random = run.random(clean.sample(row));
        run.figure(clean.sample(row), parameters.note(), adversarial.rowSize());
        for (int feature = 0; feature < adversarial.rowSize(); feature++) {
          float step = parameters.size() * (0.9f + 0.1f * random.nextFloat());
          float moved =
              adversarial.get(row, feature)
                  - step * Math.signum(slope.gradient().get(row, feature));
          adversarial.set(row, feature, clean.bounds(row).clip(feature, moved));
        }
      }
    }
  }

  /** Does what {@link Push} does, and remembers how many samples it worked on. */
  @Named(id = "recorded", summary = "Steps along the gradient.")
  public static final class Recorded implements Attack<Recorded.Params> {
    private static final AtomicLong ATTACKED = new AtomicLong();
    private static volatile boolean soundFails;

    public record Params() {}

    /** Creates the component. */
    public Recorded() {}

    public static void reset() {
      ATTACKED.set(0);
      soundFails = false;
    }

    public static long attacked() {
      return ATTACKED.get();
    }

    public static void soundFails() {
      soundFails = true;
    }

    @Override
    public Access access(Params parameters) {
      return Access.GRADIENTS;
    }

    @Override
    public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      ATTACKED.addAndGet(clean.size());
      run.notice("some samples are recorded");
      if (clean.sample(0) == 1001) {
        run.distrust(new TrustFlag("recorded", "the first samples are recorded"));
      }
      new Push().attack(new Push.Params(0.3f, "none", "draws"), victim, clean, adversarial, run);
    }
  }

  /** Does what {@link RestoreOneByOne} does, unless it is told to fail. */
  @Named(id = "sound", summary = "Restores feature by feature.")
  public static final class Sound implements Improver<Sound.Params> {
    public record Params() {}

    /** Creates the component. */
    public Sound() {}

    @Override
    public Access access(Params parameters) {
      return Access.LABELS;
    }

    @Override
    public void improve(
        Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      if (Recorded.soundFails) {
        throw new IllegalStateException("out of luck");
      }
      new RestoreOneByOne().improve(new RestoreOneByOne.Params(), victim, clean, adversarial, run);
    }
  }

  /** Breaks the contract as told, from the sample 1040 on. */
  @Named(id = "faulty", summary = "Breaks the contract.", example = "{fault: throw}")
  public static final class Faulty implements Attack<Faulty.Params> {
    public enum Fault {
      THROW,
      OUTSIDE,
      NAN,
      ACCESS,
      ENDLESS
    }

    public record Params(@Param("What it does.") Fault fault) {}

    /** Creates the component. */
    public Faulty() {}

    @Override
    public Access access(Params parameters) {
      return Access.LABELS;
    }

    @Override
    public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      for (int row = 0; row < clean.size(); row++) {
        if (clean.sample(row) >= 1040) {
          fail(parameters.fault(), victim, clean, adversarial, row);
        }
      }
    }

    private static void fail(Fault fault, Victim victim, Batch clean, Tensor adversarial, int row) {
      switch (fault) {
        case THROW -> throw new IllegalStateException("out of ideas");
        case OUTSIDE -> adversarial.set(row, 0, 1.5f);
        case NAN -> adversarial.set(row, 0, Float.NaN);
        case ACCESS -> victim.logits(clean.images());
        case ENDLESS -> {
          while (true) {
            victim.predict(clean.images());
          }
        }
      }
    }
  }

  /** Tries nothing: gives every sample up, and marks the odd ones. */
  @Named(id = "idle", summary = "Gives every sample up.")
  @AttackProfile(norms = Norm.L2, formula = "x' = x", cost = "nothing")
  public static final class Idle implements Attack<Idle.Params> {
    public record Params() {}

    /** Creates the component. */
    public Idle() {}

    @Override
    public Access access(Params parameters) {
      return Access.LABELS;
    }

    @Override
    public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      for (int row = 0; row < clean.size(); row++) {
        run.giveUp(clean.sample(row), "bored");
        run.giveUp(clean.sample(row), "tired");
        if (clean.sample(row) % 2 == 1) {
          run.flag(clean.sample(row), "odd");
        }
      }
    }
  }

  /** Restores feature by feature while the class stays. */
  @Named(id = "restore", summary = "Restores feature by feature.")
  public static final class RestoreOneByOne implements Improver<RestoreOneByOne.Params> {
    public record Params() {}

    /** Creates the component. */
    public RestoreOneByOne() {}

    @Override
    public Access access(Params parameters) {
      return Access.LABELS;
    }

    @Override
    public OptionalLong expectedQueries(Params parameters, Setting setting) {
      return OptionalLong.of(1L + setting.shape().features());
    }

    @Override
    public void improve(
        Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      int[] labels = victim.predict(clean.images().with(adversarial));
      for (int row = 0; row < clean.size(); row++) {
        for (int feature = 0; feature < adversarial.rowSize(); feature++) {
          float kept = adversarial.get(row, feature);
          adversarial.set(row, feature, clean.pixels().get(row, feature));
          int label = victim.predict(clean.images().with(adversarial).rows(row, row + 1))[0];
          if (label != labels[row]) {
            adversarial.set(row, feature, kept);
          }
        }
      }
    }
  }

  /** Asks for the gradient at the example, and does what {@link RestoreOneByOne} does then. */
  @Named(id = "steep", summary = "Restores feature by feature, after a look at the gradient.")
  public static final class Steep implements Improver<Steep.Params> {
    public record Params() {}

    /** Creates the component. */
    public Steep() {}

    @Override
    public Access access(Params parameters) {
      return Access.GRADIENTS;
    }

    @Override
    public void improve(
        Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      victim.lossGradient(
          clean.images().with(adversarial),
          Loss.crossEntropy(clean.targeted()),
          clean.goalClasses());
      new RestoreOneByOne().improve(new RestoreOneByOne.Params(), victim, clean, adversarial, run);
    }
  }

  /** Does what {@link RestoreOneByOne} does, and expects much work. */
  @Named(id = "slow", summary = "Restores feature by feature.")
  public static final class Slow implements Improver<Slow.Params> {
    public record Params() {}

    /** Creates the component. */
    public Slow() {}

    @Override
    public Access access(Params parameters) {
      return Access.LABELS;
    }

    @Override
    public OptionalLong expectedQueries(Params parameters, Setting setting) {
      return OptionalLong.of(500L * setting.shape().features());
    }

    @Override
    public void improve(
        Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      new RestoreOneByOne().improve(new RestoreOneByOne.Params(), victim, clean, adversarial, run);
    }
  }

  /** Restores everything, and never asks what that does to the class. */
  @Named(id = "careless", summary = "Restores everything.")
  public static final class RestoreAll implements Improver<RestoreAll.Params> {
    public record Params(
        @Param(value = "Whether it marks the samples it saw.", def = "false") boolean marks) {}

    /** Creates the component. */
    public RestoreAll() {}

    @Override
    public Access access(Params parameters) {
      return Access.LABELS;
    }

    @Override
    public void improve(
        Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      for (int row = 0; row < clean.size(); row++) {
        adversarial.copyRow(row, clean.pixels(), row);
        if (parameters.marks()) {
          run.flag(clean.sample(row), "seen");
        }
      }
    }
  }

  /** Recovers an image by making it a little darker. */
  @Named(id = "darken", summary = "Makes images darker.")
  public static final class Darken implements Defense<Darken.Params> {
    public record Params(
        @Param(value = "Factor.", def = "0.9") float factor,
        @Param(value = "The first sample whose image becomes NaN.", def = "1000000") int spoilt,
        @Param(value = "Whether images keep their size.", def = "true") boolean keepsSize) {}

    /** Creates the component. */
    public Darken() {}

    @Override
    public Classifier protect(Params parameters, Classifier base, Run run) {
      return new RecoveringClassifier() {
        @Override
        public ImageBatch recover(ImageBatch images) {
          Tensor pixels = images.pixels().copy();
          for (int row = 0; row < pixels.rows(); row++) {
            for (int feature = 0; feature < pixels.rowSize(); feature++) {
              boolean spoilt = images.sample(row) >= parameters.spoilt();
              float factor = spoilt ? Float.NaN : parameters.factor();
              pixels.set(row, feature, pixels.get(row, feature) * factor);
            }
          }
          return images.with(pixels);
        }

        @Override
        public int classes() {
          return base.classes();
        }

        @Override
        public boolean accepts(ImageShape shape) {
          return parameters.keepsSize() && base.accepts(shape);
        }

        @Override
        public Tensor logits(ImageBatch images) {
          return base.logits(recover(images));
        }
      };
    }
  }

  /** Gives figures by the names of others. */
  @Named(id = "shadow", summary = "Gives figures by the names of others.")
  public static final class Shadow implements Metric<Shadow.Params> {
    public record Params() {}

    /** Creates the component. */
    public Shadow() {}

    @Override
    public Accumulator start(Params parameters, Setting setting) {
      return new Fixed(Map.of("success_rate", 42.0, "accuracy", 42.0, "l0.mean", 42.0));
    }
  }

  /** Gives a figure that is a level of another one. */
  @Named(id = "clashing", summary = "Gives a figure that is a level of another one.")
  public static final class Clashing implements Metric<Clashing.Params> {
    public record Params() {}

    /** Creates the component. */
    public Clashing() {}

    @Override
    public Accumulator start(Params parameters, Setting setting) {
      return new Fixed(Map.of("spread", 1.0, "spread.mean", 1.0));
    }
  }

  /** Gives always the same. */
  private static final class Fixed extends ValueAccumulator {
    private final Map<String, Double> value;

    Fixed(Map<String, Double> value) {
      this.value = value;
    }

    @Override
    public void add(Outcome outcome) {
      record("samples", 1);
    }

    @Override
    public Map<String, Double> value() {
      return value;
    }
  }
}
