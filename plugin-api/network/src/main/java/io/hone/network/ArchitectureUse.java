package io.hone.network;

import io.hone.api.stability.Stability;
import java.util.Map;

/**
 * An architecture with its parameters that a trainer trains. A parameter of a trainer has the type
 * {@link ClassifierUse} or {@link ImageToImageUse}, which tells the fitting architectures from
 * others. It is written {@code {use: resnet20, with: {filters: 32}}}, or as the id alone.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface ArchitectureUse {
  /** Returns the id of the architecture. */
  String id();

  /** Returns the parameters as plain values by their names in scenarios. */
  Map<String, Object> parameters();
}
