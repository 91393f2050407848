package io.hone.plugins.datasets.images;

import io.hone.api.DatasetRequest;
import io.hone.testkit.DatasetContractTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderContractTest extends DatasetContractTest<ImageFolder.Params> {
  @TempDir Path images;

  ImageFolderContractTest() {
    super(new ImageFolder());
  }

  @Override
  protected DatasetRequest request() {
    return DatasetRequest.named(List.of("cat", "dog", "emu"));
  }

  @Override
  protected ImageFolder.Params parameters() {
    for (int index = 0; index < 12; index++) {
      int red = 20 * index;
      String format = index % 3 == 0 ? "png" : "jpg";
      Path folder = images.resolve(index % 2 == 0 ? "emu" : "cat");
      ImageFiles.write(
          folder.resolve(index + "." + format),
          ImageFiles.encode(
              ImageFiles.color(
                  9 + index, 7, (row, column) -> new int[] {red, 10 * row, 30 * column}),
              format));
    }
    return new ImageFolder.Params(
        images,
        Labels.FOLDERS,
        List.of(),
        Optional.empty(),
        Optional.of(6),
        Optional.of(5),
        Optional.empty(),
        Optional.empty());
  }
}
