package io.hone.plugins.datasets.images;

import io.hone.api.data.Sha256;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Image files that were each read once and found sound.
 *
 * @param files of the images
 * @param headers of the images, in the same order
 * @param fingerprint of names, labels and content
 */
record CheckedImages(List<ImageFile> files, List<ImageHeader> headers, String fingerprint) {
  /** Reads every file once, for its check and for the data set's fingerprint. */
  static CheckedImages check(List<ImageFile> files, Run run) {
    Sha256 all = new Sha256();
    Sha256 each = new Sha256();
    List<ImageHeader> headers = new ArrayList<>(files.size());
    try (Progress progress = run.progress("check images", files.size())) {
      for (ImageFile file : files) {
        run.checkCancelled();
        byte[] bytes = FileCheck.content(file);
        headers.add(FileCheck.check(file, bytes));
        all.add(file.name()).add(Long.toString(bytes.length)).add(each.add(bytes).hex());
        all.add(Integer.toString(file.label()));
        progress.advance(1);
      }
    }
    return new CheckedImages(files, headers, all.hex());
  }

  /**
   * Tells how many images are of a kind, if any is.
   *
   * @param what follows the number of images
   */
  void tell(Predicate<ImageHeader> kind, String what, Run run) {
    int first = -1;
    int count = 0;
    for (int index = 0; index < headers.size(); index++) {
      if (kind.test(headers.get(index))) {
        first = first < 0 ? index : first;
        count++;
      }
    }
    if (count > 0) {
      run.notice(
          "image-folder: of "
              + headers.size()
              + " images, "
              + count
              + " such as "
              + files.get(first).path()
              + " "
              + what);
    }
  }
}
