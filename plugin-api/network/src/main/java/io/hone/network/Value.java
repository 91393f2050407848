package io.hone.network;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of a network that is being described: the image, or what a layer makes.
 *
 * <pre>{@code
 * Value sum = image.then(new Convolution(16, 3, 1, Padding.SAME, Activation.NONE))
 *     .then(new Joint.Add(), image);
 * }</pre>
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class Value {
  private final NetworkBuilder builder;
  private final String name;
  private final Form form;

  Value(NetworkBuilder builder, String name, Form form) {
    this.builder = builder;
    this.name = name;
    this.form = form;
  }

  /**
   * Returns what a layer makes of this value.
   *
   * @param others further values, for a layer that reads several
   * @throws io.hone.api.BadInputException if the layer cannot take them; names the layer
   */
  public Value then(Layer layer, Value... others) {
    List<Value> inputs = new ArrayList<>();
    inputs.add(this);
    inputs.addAll(List.of(others));
    return builder.place(layer, inputs);
  }

  /** Returns what layers, one behind the other, make of this value. */
  public Value through(List<? extends Layer> layers) {
    Value value = this;
    for (Layer layer : layers) {
      value = value.then(layer);
    }
    return value;
  }

  /** Returns the name: {@code image}, or that of the layer, such as {@code conv1}. */
  public String name() {
    return name;
  }

  /** Returns the shape; features in a row are channels of one pixel. */
  public ImageShape shape() {
    return form.shape();
  }

  Form form() {
    return form;
  }

  NetworkBuilder builder() {
    return builder;
  }
}
