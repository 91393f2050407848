package io.hone.cli.model;

import io.hone.api.model.Loss;
import io.hone.host.component.KebabCase;
import picocli.CommandLine.Option;

/**
 * The loss that is differentiated. Ascending its gradient leads nearer to an attacker's goal, as
 * toolboxes in Python have it; Hone's own losses are descended.
 */
final class LossOptions {
  /** A loss of logits and a class. */
  enum Kind {
    CROSS_ENTROPY,
    MARGIN;

    @Override
    public String toString() {
      return KebabCase.wordOf(this);
    }
  }

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      converter = KindConverter.class,
      defaultValue = "cross-entropy",
      description = {
        "cross-entropy: -log softmax(z)[label], as PyTorch defines it (default).",
        "margin: the largest other logit less the label's, max(z[i], i != label) - z[label]."
      })
  private Kind kind;

  @Option(
      names = "--targeted",
      description = {
        "The labels are classes that an attacker wants: the loss is taken with a minus sign, so that"
            + " ascending the gradient leads toward them, as it leads away from the labels without"
            + " this option."
      })
  private boolean targeted;

  /** Returns the loss in Hone's words. */
  Loss loss() {
    // Hone's targeted losses fall toward the class: theirs is the sign of a loss in training.
    return kind == Kind.CROSS_ENTROPY
        ? Loss.crossEntropy(!targeted)
        : Loss.margin(!targeted, Float.POSITIVE_INFINITY);
  }

  /** Returns the loss as a reader knows it. */
  String formula() {
    if (kind == Kind.CROSS_ENTROPY) {
      return targeted ? "log softmax(logits)[label]" : "-log softmax(logits)[label]";
    }
    return targeted
        ? "logits[label] - max(logits[i], i != label)"
        : "max(logits[i], i != label) - logits[label]";
  }

  /** Reads a loss as it is written on the command line. */
  static final class KindConverter implements picocli.CommandLine.ITypeConverter<Kind> {
    @Override
    public Kind convert(String text) {
      for (Kind kind : Kind.values()) {
        if (kind.toString().equals(text)) {
          return kind;
        }
      }
      throw new picocli.CommandLine.TypeConversionException(
          "'" + text + "' is no loss; losses are cross-entropy and margin");
    }
  }
}
