package io.hone.engine.data;

import io.hone.api.BadInputException;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.engine.context.RunServices;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.host.component.BoundComponent;
import java.util.List;

/**
 * A data set whose images are checked as they are read: a defect of a plugin must not look like a
 * result.
 */
public final class VerifiedDataset implements Dataset {
  private final String id;
  private final Dataset data;

  /**
   * Checks what a data set says of itself; closing the result closes the data set.
   *
   * @param id of the component that opened it
   * @throws ComponentFailureException if its size is negative, or something is missing
   */
  public VerifiedDataset(String id, Dataset data) {
    this.id = id;
    this.data = data;
    if (data.size() < 0) {
      throw defect("says that it holds " + data.size() + " images");
    }
    if (data.shape() == null || data.classNames() == null || data.fingerprint() == null) {
      throw defect("tells no shape, no list of class names or no fingerprint");
    }
  }

  /**
   * Opens a data set and checks what it says of itself; a data set that does not serve is closed.
   *
   * @throws BadInputException if the data set cannot be opened, or holds nothing
   */
  public static Dataset open(
      BoundComponent<DatasetProvider<Record>> provider,
      DatasetRequest request,
      RunServices services) {
    String id = provider.descriptor().id();
    Dataset opened = provider.instance().open(provider.parameters(), request, services.forTask(id));
    try {
      Dataset verified = new VerifiedDataset(id, opened);
      if (verified.size() == 0) {
        throw new BadInputException(
            "the data set " + id + " is empty; check its classes and its folder");
      }
      return verified;
    } catch (RuntimeException | Error failure) {
      opened.close();
      throw failure;
    }
  }

  @Override
  public long size() {
    return data.size();
  }

  @Override
  public ImageShape shape() {
    return data.shape();
  }

  @Override
  public List<String> classNames() {
    return data.classNames();
  }

  /** Returns a sample; the samples rise, because two equal numbers would count as one image. */
  @Override
  public long sample(long position) {
    long sample = data.sample(position);
    if (sample < 0 || position > 0 && data.sample(position - 1) >= sample) {
      throw defect(
          "gives the image at " + position + " the sample " + sample + ", which must rise");
    }
    return sample;
  }

  @Override
  public int label(long position) {
    return data.label(position);
  }

  /**
   * Reads consecutive images.
   *
   * @throws BadInputException if an image holds NaN, which a file can bring in
   * @throws ComponentFailureException if another value or a label is impossible
   */
  @Override
  public void read(long position, Tensor into, int[] labels) {
    data.read(position, into, labels);
    for (int row = 0; row < labels.length; row++) {
      for (int feature = 0; feature < into.rowSize(); feature++) {
        float value = into.get(row, feature);
        if (Float.isNaN(value)) {
          // A model may answer NaN with a class, so this is told before the model is asked.
          throw new BadInputException(
              "the clean image of sample "
                  + data.sample(position + row)
                  + " holds NaN; correct the data set, or leave the sample out");
        }
        if (!(value >= 0 && value <= 1)) {
          throw defect(
              "wrote "
                  + value
                  + " into feature "
                  + feature
                  + " of sample "
                  + data.sample(position + row)
                  + "; every value must be in [0, 1]");
        }
      }
      if (labels[row] < NO_LABEL) {
        throw defect(
            "gives sample "
                + data.sample(position + row)
                + " the label "
                + labels[row]
                + ", but classes are counted from 0");
      }
    }
  }

  @Override
  public void check(long position, long count) {
    data.check(position, count);
  }

  @Override
  public String fingerprint() {
    return data.fingerprint();
  }

  @Override
  public void close() {
    data.close();
  }

  private ComponentFailureException defect(String what) {
    return new ComponentFailureException(
        "the data set " + id + " " + what + ". This is a defect of the plugin");
  }
}
