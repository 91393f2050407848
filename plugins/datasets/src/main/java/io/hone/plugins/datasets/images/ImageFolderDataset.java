package io.hone.plugins.datasets.images;

import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import java.util.List;

/** Images decoded as they are asked for. */
final class ImageFolderDataset implements Dataset {
  private final FolderListing listing;
  private final Fit fit;
  private final String fingerprint;

  ImageFolderDataset(FolderListing listing, Fit fit, String fingerprint) {
    this.listing = listing;
    this.fit = fit;
    this.fingerprint = fingerprint;
  }

  @Override
  public long size() {
    return listing.files().size();
  }

  @Override
  public ImageShape shape() {
    return fit.shape();
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
      into.setRow(row, ImageDecoder.decode(file, FileCheck.content(file), fit));
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
