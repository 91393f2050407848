package io.hone.testkit;

import io.hone.api.stability.Stability;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/**
 * The rules that components keep, each with the number under which {@code docs/plugins.md} explains
 * it. A contract test that fails names the rule, what the component met and the values it gave.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public enum ContractRule {
  /** Found through {@code META-INF/services}. */
  C1("A component is found: it is listed in META-INF/services."),
  /** Declared in full. */
  C2("A component declares its id, its summary and every parameter."),
  /** Without state. */
  C3("A component has no state: many threads and runs share one instance."),

  /** Images in range. */
  B1("Every value of an image stays in [0, 1], and only the rows of the batch are written."),
  /** Clean images are read only. */
  B2("The clean images are never written to."),
  /** Independent of the batch. */
  B3("A sample's result does not depend on the size of its batch."),
  /** Independent of order and threads. */
  B4("A sample's result depends neither on the order of samples nor on other threads."),
  /** Random numbers come from the run. */
  B5(
      "Random numbers come from Run.random alone: the same seed gives the same result, another seed"
          + " another one."),
  /** Ends when cancelled. */
  B6(
      "Work ends with RunCancelledException when the user cancels: every long loop calls"
          + " Run.checkCancelled."),
  /** A batch may be empty. */
  B7("A batch without rows is taken, and nothing happens."),
  /** Budget and access. */
  B8("No query is made beyond a sample's budget or beyond the access that is declared."),
  /** Any model is survived. */
  B9(
      "Whatever a model answers (constants, infinity, NaN), the call ends and images stay in [0,"
          + " 1]."),
  /** Costs as foretold. */
  B10(
      "expectedQueries, where it tells a number, is not negative, and no sample makes more than ten"
          + " times as many queries and ten."),

  /** Stays in the ball. */
  A1(
      "No emitted image is farther from its clean image than the parameter of unit RADIUS, measured"
          + " in double."),
  /** Says what it was told. */
  A2(
      "An attack that fails on a sample gives the reason that the model's answers told it: nan, or"
          + " no-gradient where every gradient was zero."),
  /** A budget that suffices changes nothing. */
  A3("A budget that a sample does not exceed changes nothing of its result."),
  /** Says that the budget ended. */
  A4("An attack that fails on a sample because its queries are spent gives the reason budget."),
  /** Ends at last. */
  A5("An attack ends on every model."),
  /** Reasons are words. */
  A6("A reason is lower case words joined by hyphens."),
  /** Keeps to bounds. */
  A7(
      "An attack whose profile says bounds emits no value outside of Batch.bounds, and still moves"
          + " images that have room."),

  /** The class stays. */
  I1("An improver keeps the class that the victim gives to the received image."),
  /** Nothing moves away. */
  I2("An improver moves no image farther from its clean image, in any norm and in L0."),
  /** What is no success is left alone. */
  I3(
      "An improver leaves an image that does not meet its goal as it was received, and gives the"
          + " reason not-adversarial, nan where the victim answered with NaN, or budget where no"
          + " query is left."),
  /** What cannot be confirmed is left alone. */
  I4(
      "An improver gives back an image bit for bit as it was received where no closer image keeps"
          + " the class."),

  /** As the base classifies. */
  D1(
      "A protected classifier has as many classes as its base, takes images of the tested shape and"
          + " gives finite logits where its base does."),
  /** Predicts by logits. */
  D2("A protected classifier predicts the class of the largest logit."),
  /** Images are read only. */
  D3("A defense never writes to the images that it receives."),
  /** Independent of the batch. */
  D4("What a defense does to an image does not depend on the size of its batch."),
  /** Independent of order and threads. */
  D5(
      "What a defense does to an image depends neither on the order of images nor on other"
          + " threads."),
  /** Random numbers come from the run. */
  D6(
      "A defense's random numbers come from Run.random, keyed by each image's sample: the same seed"
          + " gives the same logits, another seed others."),
  /** Recovered images fit. */
  D7("Recovered images have the shape and the samples of the received ones, in [0, 1]."),
  /** Recovers through what is behind it. */
  D8(
      "recover goes on through the base: where the base recovers images too, what it recovers is"
          + " the result."),
  /** A batch may be empty. */
  D9("A batch without images is taken."),
  /** Any base is survived. */
  D10("Whatever the base answers (constants, infinity, NaN) goes through: NaN is predicted as -1."),

  /** Images in range. */
  S1("A data set has at least two images, and fills them with values in [0, 1]."),
  /** Labels of classes. */
  S2(
      "A label is a class of the data set or NO_LABEL, read and label() give the same, and class"
          + " names differ."),
  /** Same in pieces. */
  S3("A data set gives the same images in pieces of any size."),
  /** Same on threads. */
  S4("A data set gives the same images to several threads that read at once."),
  /** Same when opened again. */
  S5("A data set that is opened again has the same size, shape, names, fingerprint and images."),
  /** Ascending samples. */
  S6("The samples of a data set have ascending indices."),

  /** Named figures. */
  M1(
      "Figures are named by lower case words joined by underscores, with dots between levels; a"
          + " figure that does not exist is left out, not NaN."),
  /** Any order. */
  M2("Figures do not depend on the order of outcomes, to the last bit."),
  /** Merging. */
  M3("Accumulators that each saw a part of the outcomes merge, in any order, to the same figures."),
  /** Resuming. */
  M4("An accumulator that reads what another one wrote goes on from there, and reads all of it."),
  /** Places of their own. */
  M5(
      "Each figure of a metric has a place of its own below the metric's id: no name is a level of"
          + " another one."),
  /** Rates are what they say. */
  M6(
      "A figure that a metric calls a rate is the share of the samples that it counts in favour,"
          + " and the answer for a sample depends on that sample alone."),
  /** Profiles are folds too. */
  M7(
      "A metric's profile is the same whatever the order of its images, whether they were added one"
          + " by one or in parts that were merged, and goes on from what it wrote."),

  /** Its own files only. */
  K1("A backend accepts its own models, describes no other file, and names its device."),
  /** As the card says. */
  K2(
      "A classifier has the card's classes and shape, predicts the largest logit and takes no"
          + " images at all."),
  /** Other sizes. */
  K3("A classifier of images of one size accepts no other size."),
  /** Images are read only. */
  K4("A model never writes to the images that it is given."),
  /** Independent of the batch. */
  K5("A model gives an image the same logits in batches of any size, to the last bit."),
  /** Independent of order and threads. */
  K6("A model gives an image the same logits in any order and to several threads at once."),
  /** NaN stays where it is. */
  K7("An image of NaN is predicted as -1 and changes no other image's result."),
  /** Losses. */
  K8("lossGradient gives the loss as Loss defines it and its gradient, in batches of any size."),
  /** Gradients. */
  K9("Gradients agree with finite differences of the model itself."),
  /** Image to image. */
  K10("An image-to-image model keeps the shape and gives the same in batches of any size."),
  /** Setting up. */
  K11(
      "setUp and setUpVjp may be called at any time and as often as wanted, and change no"
          + " gradient."),
  /** Values inside a network. */
  K12(
      "Layers have names of their own; a reader gives the layers it was opened for in their order,"
          + " and an image the same values in batches of any size."),

  /** The same again. */
  T1("The same task gives the same weights: what is random comes from task.seed() alone."),
  /** Cancelling and resuming. */
  T2(
      "A training that the user cancels ends with RunCancelledException and keeps a checkpoint;"
          + " resumed, it ends with the same weights."),
  /** Refused before. */
  T3("What cannot work is refused by prepare, with BadInputException, before the first epoch."),
  /** The card. */
  T4(
      "The card describes the model file that was written to task.output(): its checksum, its task,"
          + " its classes and the shape of its images."),
  /** Probes. */
  T5("Probe inputs have probe outputs, as many and of the shape that the card says."),
  /** Figures. */
  T6("Figures are finite numbers, named by lower case words joined by underscores."),
  /** Examples are read only. */
  T7("The examples are never written to."),
  /** Pairs. */
  T8(
      "A recipe gives an image the same pairs, whatever images come with it: inputs are images of"
          + " its shape in [0, 1], targets finite numbers of one shape."),
  /** Batches. */
  T9(
      "While it trains, a trainer asks for the attacks that its recipe names, and numbers each"
          + " example by its row."),
  /** Choices. */
  T10(
      "prepare takes the choices that the trainer's options name and refuses an engine or a"
          + " device that does not exist; the recipe names the attack of the choices."),

  /** The same layers again. */
  N1(
      "An architecture gives the same layers for the same parameters, images and classes, each time"
          + " that it is asked."),
  /** What its task says. */
  N2(
      "A network returns what its task says: one logit for each class in a row, or images of the"
          + " shape that it reads. What the layers cannot take is refused with BadInputException."),
  /** Something to learn. */
  N3("A network has weights that are learned, and no weight without numbers.");

  /** Checks that may throw anything. */
  @FunctionalInterface
  interface Check {
    void run() throws Exception;
  }

  private final String sentence;

  ContractRule(String sentence) {
    this.sentence = sentence;
  }

  /** Returns the rule in one sentence. */
  public String sentence() {
    return sentence;
  }

  /**
   * Runs checks of this rule.
   *
   * @param met the model, images and setting that the component meets
   * @throws AssertionError naming the rule, what was met and what was found, if a check fails or
   *     the component throws
   */
  void check(String met, Check checks) {
    check(() -> met, checks);
  }

  /** Runs checks of this rule; what was met is asked for when a check fails. */
  void check(Supplier<String> met, Check checks) {
    try {
      checks.run();
    } catch (TestAbortedException skipped) {
      throw skipped;
    } catch (BrokenRule inner) {
      // The innermost rule is the one that was broken.
      throw inner;
    } catch (AssertionError failure) {
      throw new BrokenRule(message(met.get(), String.valueOf(failure.getMessage())), failure);
    } catch (Exception failure) {
      throw new BrokenRule(message(met.get(), "it threw " + failure), failure);
    }
  }

  private String message(String met, String found) {
    return "rule %s is broken: %s%n  it met: %s%n  found:  %s%n  see docs/plugins.md, rule %s"
        .formatted(name(), sentence, met, oneLine(found), name());
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** An assertion that names its rule. */
  private static final class BrokenRule extends AssertionError {
    private static final long serialVersionUID = 1L;

    BrokenRule(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
