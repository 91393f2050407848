package io.hone.onnx.support.families;

import io.hone.onnx.graph.OnnxModel;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A family of image classifiers, small: its blocks as exporters write them.
 *
 * @param name as its authors call it
 * @param image shape of one image
 * @param variants in which it is written
 * @param network what writes it
 */
public record Family(
    String name, long[] image, List<Variant> variants, Function<Variant, OnnxModel> network) {
  /** Returns every family. */
  public static List<Family> all() {
    return Stream.of(
            ClassicFamilies.all(),
            InceptionFamilies.all(),
            ResidualFamilies.all(),
            MobileFamilies.all(),
            TransformerFamilies.all(),
            WindowFamilies.all(),
            KerasFamilies.all())
        .flatMap(families -> families)
        .toList();
  }

  static Family of(String name, long channels, long edge, Function<Variant, OnnxModel> network) {
    return new Family(
        name,
        new long[] {channels, edge, edge},
        List.of(new Variant(11, true), new Variant(18, false)),
        network);
  }

  Family written(Variant... others) {
    return new Family(name, image, List.of(others), network);
  }
}
