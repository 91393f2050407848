package io.hone.api.activation;

import io.hone.api.stability.Stability;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a metric must know of a network's answers to ordinary images before it can measure other
 * images, such as the range of each neuron. The images are those of the scenario's {@code profile}.
 *
 * <p>A fold, as an {@link io.hone.api.metric.Accumulator} is: adding and merging in any order gives
 * exactly the same. Calls that change it come from one thread at a time. Accumulators of several
 * threads read it once it is complete.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface ActivationProfile {
  /** The profile of a metric that needs none. */
  ActivationProfile NONE = new NoActivationProfile();

  /** Takes in one image. */
  void add(ProfiledImage image);

  /** Takes in everything that another profile of the same metric took in. */
  void merge(ActivationProfile other);

  /** Writes everything taken in, so that other runs need not look at the images again. */
  void write(DataOutput output) throws IOException;

  /** Takes in what {@link #write} of a profile of the same metric wrote. */
  void read(DataInput input) throws IOException;
}
