package io.hone.onnx.canonical;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.OnnxModel;
import java.util.List;
import java.util.Map;

/**
 * A model in canonical form, and what was changed for it.
 *
 * @param model computes what the original computes, up to the precision that the notes tell
 * @param integerInputs inputs that took integers and take floats of the same values now, with the
 *     type that they had
 * @param notes one sentence for each kind of change that a user should know of, in words for them
 */
public record CanonicalModel(
    OnnxModel model, Map<String, ElementType> integerInputs, List<String> notes) {
  /** Copies the collections. */
  public CanonicalModel {
    integerInputs = Map.copyOf(integerInputs);
    notes = List.copyOf(notes);
  }
}
