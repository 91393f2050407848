package io.hone.testkit;

import io.hone.api.data.Batch;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.NanClassifier;
import io.hone.testkit.model.ScaledClassifier;
import io.hone.testkit.model.SlopelessClassifier;
import io.hone.testkit.model.TwoLayerClassifier;
import java.util.function.Function;

/** A model on which an attack has to end, however little it finds. */
enum HostileModel {
  /** Nothing is wrong with it, so that only the images may be odd. */
  ORDINARY(TinySamples::classifier),
  /** Undecided, whatever it sees. */
  EQUAL_LOGITS(samples -> new ConstantClassifier(samples.classifier().shape(), 0, 0, 0)),
  /** Decided, whatever it sees. */
  CONSTANT_LOGITS(samples -> new ConstantClassifier(samples.classifier().shape(), 1, 0, -1, 0)),
  /** Logits whose differences vanish in a softmax. */
  FAINT_LOGITS(samples -> new ScaledClassifier(samples.classifier(), 1e-30)),
  /** So sure that probabilities are 0 and 1 and cross-entropy has no slope. */
  SATURATED_SOFTMAX(samples -> new ScaledClassifier(samples.classifier(), 1e4)),
  /** Logits whose squares a float cannot hold. */
  HUGE_LOGITS(samples -> new ScaledClassifier(samples.classifier(), 1e30)),
  /** Logits that a float cannot hold. */
  INFINITE_LOGITS(samples -> ScaledClassifier.overflowing(samples.classifier())),
  /** Numbers on the clean images only. */
  NAN_AWAY_FROM_CLEAN(
      samples -> new NanClassifier(samples.classifier(), image -> !samples.isClean(image))),
  /** No number anywhere. */
  NAN_EVERYWHERE(samples -> new NanClassifier(samples.classifier(), image -> true)),
  /** Numbers as logits, none as gradients. */
  NAN_GRADIENTS(samples -> new SlopelessClassifier(samples.classifier())),
  /** No other class to reach. */
  ONE_CLASS(samples -> random(samples, 1)),
  /** Many other classes. */
  THOUSAND_CLASSES(samples -> random(samples, 1000));

  private final Function<TinySamples, ExactClassifier> model;

  HostileModel(Function<TinySamples, ExactClassifier> model) {
    this.model = model;
  }

  private static ExactClassifier random(TinySamples samples, int classes) {
    return TwoLayerClassifier.random(
        samples.classifier().shape(),
        classes,
        TwoLayerClassifier.Activation.TANH,
        new SampleRandom(77, classes));
  }

  /** Returns the model, built around images that it may know. */
  ExactClassifier around(TinySamples samples) {
    return model.apply(samples);
  }

  /** Returns whether there is a class to aim at other than the label. */
  boolean hasTargets() {
    return this != ONE_CLASS;
  }

  /** Returns clean images with what this model makes of them as labels; the target is the next. */
  Batch batch(TinySamples samples, boolean targeted) {
    ExactClassifier classifier = around(samples);
    Batch clean = samples.clean(targeted);
    int[] labels = classifier.predict(clean.images());
    int[] targets = new int[labels.length];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = Math.max(0, labels[row]);
      targets[row] = targeted ? (labels[row] + 1) % classifier.classes() : Batch.NO_TARGET;
    }
    return new Batch(clean.images(), labels, targets);
  }
}
