package io.hone.api.activation;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;
import java.util.List;

/**
 * Reads values inside a network.
 *
 * <p>Safe to call from several threads. A row's result depends on that row alone.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface ActivationReader extends AutoCloseable {
  /**
   * Returns the values of the layers that the reader was opened for, in their order.
   *
   * @return for each layer {@code [N, units]}; zero images give zero rows
   */
  List<Tensor> read(ImageBatch images);

  @Override
  default void close() {}
}
