package io.hone.network;

import io.hone.api.stability.Stability;
import java.util.List;

/** A layer that reads several values. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public sealed interface Joint extends Layer {
  /** The sum of two values of one form. */
  record Add() implements Joint {
    @Override
    public String word() {
      return "add";
    }

    @Override
    public Form form(List<Form> inputs) {
      requireCount(inputs, 2);
      return same(inputs);
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, List<V> inputs) {
      return emitter.add(stage, inputs.get(0), inputs.get(1));
    }

    @Override
    public String describe() {
      return "Add";
    }
  }

  /** The product of two values of one form; images may have one channel for all of the other's. */
  record Multiply() implements Joint {
    @Override
    public String word() {
      return "multiply";
    }

    @Override
    public Form form(List<Form> inputs) {
      requireCount(inputs, 2);
      Form first = inputs.get(0);
      Form second = inputs.get(1);
      boolean images = !first.flat() && !second.flat();
      if (images && second.channels() == 1 && first.equals(withChannels(second, first))) {
        return first;
      }
      if (images && first.channels() == 1 && second.equals(withChannels(first, second))) {
        return second;
      }
      return same(inputs);
    }

    private static Form withChannels(Form form, Form like) {
      return Form.image(like.channels(), form.shape().height(), form.shape().width());
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, List<V> inputs) {
      return emitter.multiply(stage, inputs.get(0), inputs.get(1));
    }

    @Override
    public String describe() {
      return "Multiply";
    }
  }

  /** The channels of several values behind one another. */
  record Concatenate() implements Joint {
    @Override
    public String word() {
      return "concat";
    }

    @Override
    public Form form(List<Form> inputs) {
      if (inputs.size() < 2) {
        throw new IllegalArgumentException("takes two values or more, not " + inputs.size());
      }
      Form first = inputs.get(0);
      int channels = 0;
      for (Form input : inputs) {
        boolean fits =
            input.flat() == first.flat()
                && input.shape().height() == first.shape().height()
                && input.shape().width() == first.shape().width();
        if (!fits) {
          throw new IllegalArgumentException(
              "takes values of one height and width, not " + words(inputs));
        }
        channels = Math.addExact(channels, input.channels());
      }
      return first.flat()
          ? Form.features(channels)
          : Form.image(channels, first.shape().height(), first.shape().width());
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, List<V> inputs) {
      return emitter.concatenate(stage, inputs);
    }

    @Override
    public String describe() {
      return "Concatenate";
    }
  }

  /**
   * Attention over pixels with one head, as in SAGAN (Zhang et al. 2019): each pixel of the queries
   * takes the mean of the values, weighed by the softmax of the products of its query with all
   * keys. Products are not scaled.
   *
   * <p>Takes queries {@code [D, H, W]}, keys {@code [D, h, w]} and values {@code [V, h, w]};
   * returns {@code [V, H, W]}.
   */
  record Attention() implements Joint {
    @Override
    public String word() {
      return "attention";
    }

    @Override
    public Form form(List<Form> inputs) {
      requireCount(inputs, 3);
      Form queries = inputs.get(0);
      Form keys = inputs.get(1);
      Form values = inputs.get(2);
      boolean fits =
          inputs.stream().noneMatch(Form::flat)
              && queries.channels() == keys.channels()
              && keys.shape().height() == values.shape().height()
              && keys.shape().width() == values.shape().width();
      if (!fits) {
        throw new IllegalArgumentException(
            "takes queries and keys of one number of channels, and keys and values of one height"
                + " and width, not "
                + words(inputs));
      }
      return Form.image(values.channels(), queries.shape().height(), queries.shape().width());
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, List<V> inputs) {
      return emitter.attention(stage, inputs.get(0), inputs.get(1), inputs.get(2));
    }

    @Override
    public String describe() {
      return "Attention";
    }
  }

  private static void requireCount(List<Form> inputs, int count) {
    if (inputs.size() != count) {
      throw new IllegalArgumentException("takes " + count + " values, not " + inputs.size());
    }
  }

  private static Form same(List<Form> inputs) {
    Form first = inputs.get(0);
    if (!inputs.stream().allMatch(first::equals)) {
      throw new IllegalArgumentException("takes values of one shape, not " + words(inputs));
    }
    return first;
  }

  private static String words(List<Form> inputs) {
    return String.join(" and ", inputs.stream().map(Form::toString).toList());
  }
}
