package io.hone.onnx.canonical;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.opset.OpsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings any exporter's model to one form, so that nothing behind it needs to know exporters:
 *
 * <ul>
 *   <li>functions that the model defines itself are put where they are called;
 *   <li>half and double precision become single precision;
 *   <li>images taken as integers and cast to floats at once are taken as floats;
 *   <li>operators that ONNX Runtime fused become ONNX's own;
 *   <li>an If whose condition is the same for all images becomes its branch.
 * </ul>
 *
 * <p>A model in this form comes back as it is, so the form may be asked for at any time. The opset
 * stays, but where a change needs opset 18. Inputs and outputs keep their names.
 */
public final class CanonicalForm {
  private CanonicalForm() {}

  /**
   * Returns the model in canonical form.
   *
   * @throws OnnxFormatException if its functions call themselves or are called wrongly, or a
   *     constant is beyond the range of single precision
   */
  public static CanonicalModel of(OnnxModel model) {
    List<String> notes = new ArrayList<>();
    try {
      OnnxModel current = SinglePrecision.of(withoutFunctions(model), notes);
      current = ConstantBranches.take(current, notes);
      current = FusedOperators.unfold(current, notes);
      Map<String, ElementType> integers = IntegerInputs.of(current);
      current = IntegerInputs.asFloats(current, integers, notes);
      return new CanonicalModel(current, integers, notes);
    } catch (OnnxFormatException e) {
      String prefix = model.name() + ": ";
      throw e.getMessage().startsWith(prefix)
          ? e
          : new OnnxFormatException(prefix + e.getMessage(), e);
    }
  }

  private static OnnxModel withoutFunctions(OnnxModel model) {
    try {
      return FunctionInliner.inline(model);
    } catch (OpsetException e) {
      // Runtimes call functions themselves; for a gradient the call is refused by its name.
      return model;
    }
  }
}
