package io.hone;

import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A data set of images that a program holds. */
final class GivenImages implements DatasetProvider<GivenImages.None> {
  /** No parameters. */
  record None() {}

  private static final String ID = "given";

  private final Tensor images;
  private final int[] labels;

  private GivenImages(Tensor images, int[] labels) {
    this.images = images;
    this.labels = labels;
  }

  static BoundComponent<DatasetProvider<Record>> of(Tensor images, int[] labels) {
    ComponentDescriptor descriptor =
        descriptor(ComponentKind.DATASET, ID, "Images that a program holds.");
    @SuppressWarnings({"unchecked", "rawtypes"}) // its parameters are the record beside it
    DatasetProvider<Record> provider = (DatasetProvider) new GivenImages(images, labels);
    return new BoundComponent<>(descriptor, provider, new None(), Map.of());
  }

  /** Returns the description of a component without parameters that no scenario can name. */
  static ComponentDescriptor descriptor(ComponentKind kind, String id, String summary) {
    return new ComponentDescriptor(
        kind, id, summary, "", "{}", None.class, List.of(), "hone", List.of(), Optional.empty());
  }

  @Override
  public Dataset open(None parameters, DatasetRequest request, Run run) {
    return new Held();
  }

  private final class Held implements Dataset {
    @Override
    public long size() {
      return images.rows();
    }

    @Override
    public ImageShape shape() {
      return images.imageShape();
    }

    @Override
    public List<String> classNames() {
      return List.of();
    }

    @Override
    public void read(long position, Tensor into, int[] classes) {
      into.copyRows(0, images, (int) position, into.rows());
      System.arraycopy(labels, (int) position, classes, 0, into.rows());
    }

    @Override
    public int label(long position) {
      return labels[(int) position];
    }

    @Override
    public String fingerprint() {
      return ID;
    }
  }
}
