package io.hone.plugins.improvers;

import io.hone.api.BadInputException;
import io.hone.api.Improver;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.plugins.improvers.search.Searches;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Restores at once every feature that an autoencoder takes for redundant: the low-cost step,
 * section 5.2 and equation 10, of "Method for Improving Quality of Adversarial Examples".
 *
 * <p>The autoencoder {@code g} returns for each feature of {@code x'} the probability that its
 * perturbation is redundant; features with {@code g(x') > threshold} go back to their clean values.
 * Where that changes the label the threshold moves half-way to 1, at most {@value
 * Thresholding#RAISES} times; an example whose label still changes stays as it was. Each try is one
 * query, after one for the label. The figure {@code kept_at_threshold} is 1 for a sample whose
 * label was kept at the threshold given, else 0.
 *
 * <p>Beyond the paper, {@code refinements} then bisect, for each sample, how many features can go
 * in descending order of {@code g(x')}: between the most that kept the label and the fewest that
 * did not. So the order decides, not how well the autoencoder's probabilities are calibrated.
 */
@Named(
    id = "autoencoder",
    summary = "Restores the features that a trained autoencoder takes for redundant.",
    references = "Nguyen et al., Method for Improving Quality of Adversarial Examples, equation 10",
    example = "{model: models/mnist-redundancy-fgsm, threshold: 0.96}",
    figures = "kept_at_threshold")
@Extension
public final class RedundancyAutoencoder implements Improver<RedundancyAutoencoder.Params> {
  private static final String KEPT = "kept_at_threshold";

  /** Parameters of the improver. */
  public record Params(
      @Param("Autoencoder that returns the probability of redundancy for each feature.")
          ModelReference model,
      @Param(
              value = "Probability above which a feature is restored.",
              def = "0.96",
              min = 0,
              max = 1)
          double threshold,
      @Param(
              value =
                  "Tries after that, which bisect how many of the most redundant features can be"
                      + " restored at once.",
              def = "0",
              min = 0,
              max = 30)
          int refinements) {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    if (!run.openImageTransformer(parameters.model()).accepts(setting.shape())) {
      throw new BadInputException(
          "the improver autoencoder cannot use "
              + parameters.model().path()
              + ": it does not take images of "
              + setting.shape()
              + "; name an autoencoder that was trained on images of this shape");
    }
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    return OptionalLong.of(2L + parameters.refinements());
  }

  @Override
  public void improve(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    if (clean.size() == 0) {
      return;
    }
    Tensor redundancy = run.openImageTransformer(parameters.model()).transform(adversarial);
    Map<Long, Thresholding> started = new LinkedHashMap<>();
    Searches.run(
        victim,
        clean,
        adversarial,
        run,
        row -> {
          Thresholding thresholding =
              new Thresholding(
                  clean.pixels(),
                  adversarial,
                  redundancy,
                  row,
                  parameters.threshold(),
                  parameters.refinements());
          started.put(clean.sample(row), thresholding);
          return thresholding;
        });
    started.forEach(
        (sample, thresholding) ->
            thresholding.keptAtThreshold().ifPresent(kept -> run.figure(sample, KEPT, kept)));
  }
}
