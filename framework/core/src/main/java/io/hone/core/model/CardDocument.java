package io.hone.core.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A card as it stands in {@code model.yaml}; {@code height} and {@code width} may be {@code any}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CardDocument(
    String name,
    String file,
    String sha256,
    String task,
    Input input,
    Output output,
    Map<String, Object> training) {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Input(
      String name,
      String layout,
      Integer channels,
      Object height,
      Object width,
      List<Float> range,
      List<Float> mean,
      List<Float> std) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Output(
      String name, String kind, Integer classes, @JsonProperty("names") List<String> classNames) {}
}
