package io.hone.onnx.support.interpreter;

import java.util.List;
import java.util.function.Function;

/** What an operator makes of its inputs. */
@FunctionalInterface
interface Operator {
  List<DoubleTensor> apply(Application application);

  /** Returns an operator of one output. */
  static Operator single(Function<Application, DoubleTensor> function) {
    return application -> List.of(function.apply(application));
  }
}
