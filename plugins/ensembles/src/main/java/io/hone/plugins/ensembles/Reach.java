package io.hone.plugins.ensembles;

import io.hone.api.geometry.Norm;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How far the stages of a version may move an image.
 *
 * @param epsilon radius of the ball around the clean image
 * @param norm that it is measured in
 */
record Reach(double epsilon, Norm norm) {
  /** Returns parameters of an attack with the radius and the norm before them. */
  Map<String, Object> with(Map<String, Object> parameters) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("epsilon", epsilon);
    all.put("norm", norm.name().toLowerCase(Locale.ROOT));
    all.putAll(parameters);
    return all;
  }
}
