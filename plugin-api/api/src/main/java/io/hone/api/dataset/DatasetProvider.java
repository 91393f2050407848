package io.hone.api.dataset;

import io.hone.api.component.Component;
import io.hone.api.data.Dataset;
import io.hone.api.run.Run;
import java.util.List;

/** Opens data sets of one kind. */
public interface DatasetProvider<P extends Record> extends Component<P> {
  /**
   * Opens the data set, downloading it first where it is missing and can be had.
   *
   * @param classNames the model's class names, in the order of its classes; empty if it names none
   * @throws io.hone.api.component.BadInputException naming the file and what to do
   */
  Dataset open(P parameters, List<String> classNames, Run run);
}
