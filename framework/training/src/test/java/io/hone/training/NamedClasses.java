package io.hone.training;

import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One image of each class named, numbered by what is asked for, as folders of images are. */
@Named(id = "named-classes", summary = "Gives an image of each class.", example = "{names: [a]}")
public final class NamedClasses implements DatasetProvider<NamedClasses.Params> {
  public record Params(
      @Param("Classes of the images.") List<String> names,
      @Param("A file that holds the content.") Optional<Path> content) {}

  /** Creates the component. */
  public NamedClasses() {}

  @Override
  public Dataset open(Params parameters, DatasetRequest request, Run run) {
    List<String> classes =
        request.classNames().isEmpty() ? parameters.names() : request.classNames();
    return new Dataset() {
      @Override
      public long size() {
        return parameters.names().size();
      }

      @Override
      public ImageShape shape() {
        return new ImageShape(1, request.height().orElse(3), request.width().orElse(4));
      }

      @Override
      public List<String> classNames() {
        return classes;
      }

      @Override
      public void read(long position, Tensor into, int[] labels) {
        for (int row = 0; row < labels.length; row++) {
          labels[row] = classes.indexOf(parameters.names().get((int) position + row));
        }
      }

      @Override
      public String fingerprint() {
        try {
          return "named classes "
              + parameters
              + (parameters.content().isPresent()
                  ? Files.readString(parameters.content().get())
                  : "");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
