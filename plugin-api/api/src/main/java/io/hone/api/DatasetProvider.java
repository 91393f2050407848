package io.hone.api;

import io.hone.api.data.Dataset;
import io.hone.api.run.Run;
import io.hone.api.stability.Stability;

/**
 * Opens data sets of one kind.
 *
 * <p>The contract test reads the first images in pieces, from several threads and after opening the
 * data set again (rules S1 to S6 of {@code docs/plugins.md}).
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface DatasetProvider<P extends Record> extends Component<P> {
  /**
   * Opens the data set, downloading it first where it is missing and can be had.
   *
   * @param request what is known of the model that the images are for
   * @throws io.hone.api.BadInputException naming the file and what to do
   */
  Dataset open(P parameters, DatasetRequest request, Run run);
}
