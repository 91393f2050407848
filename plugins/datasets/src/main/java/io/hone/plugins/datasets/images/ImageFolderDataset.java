package io.hone.plugins.datasets.images;

import io.hone.api.component.BadInputException;
import io.hone.api.data.Dataset;
import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Images decoded as they are asked for. */
final class ImageFolderDataset implements Dataset {
  private final FolderListing listing;
  private final ImageShape shape;
  private final String fingerprint;

  ImageFolderDataset(FolderListing listing, ImageShape shape, String fingerprint) {
    this.listing = listing;
    this.shape = shape;
    this.fingerprint = fingerprint;
  }

  static byte[] content(ImageFile file) {
    try {
      return Files.readAllBytes(file.path());
    } catch (IOException e) {
      throw new BadInputException(
          "image-folder: "
              + file.path()
              + " cannot be read ("
              + e.getMessage()
              + "); check the file and its permissions",
          e);
    }
  }

  @Override
  public long size() {
    return listing.files().size();
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return listing.classNames();
  }

  @Override
  public int label(long position) {
    return file(position).label();
  }

  @Override
  public void read(long position, Tensor into, int[] labels) {
    for (int row = 0; row < into.rows(); row++) {
      ImageFile file = file(position + row);
      into.setRow(row, ImageDecoder.decode(file, content(file)).fit(shape));
      labels[row] = file.label();
    }
  }

  private ImageFile file(long position) {
    return listing.files().get(Math.toIntExact(position));
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }
}
