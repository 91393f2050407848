package io.hone.api.run;

import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.stability.Stability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The one context object: everything a component may use of the run it takes part in. Safe to use
 * from several threads.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface Run {
  /**
   * Returns a new random stream keyed by (seed, step, sample).
   *
   * <p>The same key always starts the same stream, on every JDK, so a result depends neither on
   * batches nor on threads.
   *
   * @param sample the index in the whole data set
   */
  RandomGenerator random(long sample);

  /** Throws {@link RunCancelledException} if the user cancelled; call it in every long loop. */
  void checkCancelled();

  /** Starts showing a long task; {@code total} is negative if it is not known. */
  Progress progress(String task, long total);

  /** Tells the user something worth knowing, once, and records it with the result. */
  void notice(String message);

  /**
   * Tells the user that the figures of this run cannot be fully trusted, and why. The flag is shown
   * wherever a figure of the run is read: table, summary, report and gate.
   *
   * @param flag what was assumed or found; the same flag counts once
   */
  void distrust(TrustFlag flag);

  /**
   * Records a figure of one sample; its mean and sum become part of the step's metrics, as {@code
   * NAME.mean} and {@code NAME.sum}.
   *
   * @param name lower case words joined by underscores; declared in {@link
   *     io.hone.api.Named#figures()}, so that scenarios may expect something of it
   * @throws IllegalArgumentException if the framework gives a figure of this name itself, such as
   *     {@code l0} or {@code queries}
   */
  void figure(long sample, String name, double value);

  /**
   * Marks a sample with something that whoever reads the results must know whatever comes of it,
   * such as {@code stale}: it is in the sample's row, whether that succeeds or fails.
   */
  void flag(long sample, String reason);

  /**
   * Tells why no more is tried on a sample, such as {@code budget}, {@code nan} or {@code
   * no-gradient}: it is in the sample's row of the results if the framework finds that the sample
   * failed, and nowhere if it succeeded nevertheless.
   *
   * <p>The last reason given counts; without one, the framework says {@code nan} or {@code
   * not-found}.
   *
   * @param reason a constant of {@link Reason} where one fits, else lower case words joined by
   *     hyphens
   */
  void giveUp(long sample, String reason);

  /**
   * Returns why no more is tried on a sample: what {@link #giveUp} was told last in this context;
   * empty if it was told nothing. Known until the step is done with the sample.
   */
  Optional<String> givenUp(long sample);

  /**
   * Tells before the first batch, in {@code prepare}, which parts the work of this component has.
   * The results list them in this order, each with what it was asked, what it found and what it
   * cost.
   *
   * @throws IllegalArgumentException if two parts have one name
   */
  void parts(List<Part> parts);

  /**
   * Returns the context of a part of this component's work.
   *
   * <p>Its random streams are keyed by (seed, step, part, sample), and {@link #once} and {@link
   * #workFolder} are its own. What is given up there stays there: {@link #givenUp} of that context
   * tells it, and the component decides what to give up for the whole. Everything else goes to the
   * same step.
   *
   * @param part name of the part
   */
  Run within(String part);

  /**
   * Tells which part made the image that is emitted for a sample. If the framework finds that the
   * image succeeds, the results say that this part found it; the part that is told last counts.
   */
  void credit(long sample, String part);

  /**
   * Makes the use of another component ready that this component only names, such as {@link
   * io.hone.api.AttackUse#of}: the component is found and its parameters are checked. Call it in
   * {@code prepare} too, so that what is missing is told before the first batch.
   *
   * @param <U> the kind of use, such as {@link io.hone.api.AttackUse}
   * @throws io.hone.api.BadInputException if no plugin brings the component, or a parameter is
   *     wrong
   * @throws IllegalArgumentException if the object is no use of a component
   */
  <U> U bound(U use);

  /** Adds to an operational meter (Micrometer), such as bytes read. */
  void count(String meter, double amount);

  /**
   * Returns the value made by the first caller with this key during this run; each step has keys of
   * its own. What can be closed is closed at the end of the run, what was made last first.
   *
   * <p>{@code make} may call {@code once} with other keys. It must not wait for another thread that
   * calls {@code once} of the same step: one thread makes values at a time.
   *
   * @throws IllegalStateException if {@code make} asks for the value of the same key
   */
  <T> T once(String key, Supplier<T> make);

  /** Returns the card of another model, which tells how it was made. */
  ModelCard card(ModelReference model);

  /** Opens another model by its card, on any backend; opened once per run and closed with it. */
  Classifier openClassifier(ModelReference model);

  /** Opens an autoencoder by its card, on any backend; opened once per run and closed with it. */
  ImageTransformer openImageTransformer(ModelReference model);

  /** Returns the folder that holds data sets, below which each has its own. */
  Path dataFolder();

  /** Returns a folder for this component's own files; it exists. */
  Path workFolder();

  /** Returns how many threads the user grants. */
  int threads();
}
