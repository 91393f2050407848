package io.hone.plugins.coverage;

import io.hone.api.activation.NeuronLayer;

/** What counts as one neuron of a convolution. */
public enum Neurons {
  /** Each number. */
  UNIT {
    @Override
    public int count(NeuronLayer layer) {
      return layer.units();
    }

    @Override
    public float[] outputs(NeuronLayer layer, float[] row) {
      return row;
    }
  },

  /** The mean of a channel over all positions, as DeepXplore has it. */
  CHANNEL_MEAN {
    @Override
    public int count(NeuronLayer layer) {
      return layer.channels();
    }

    @Override
    public float[] outputs(NeuronLayer layer, float[] row) {
      if (layer.positions() == 1) {
        return row;
      }
      boolean channelsFirst = layer.order() == NeuronLayer.Order.CHANNELS_FIRST;
      int fromChannel = channelsFirst ? layer.positions() : 1;
      int fromPosition = channelsFirst ? 1 : layer.channels();
      float[] means = new float[layer.channels()];
      for (int channel = 0; channel < means.length; channel++) {
        double sum = 0;
        int unit = channel * fromChannel;
        for (int position = 0; position < layer.positions(); position++) {
          sum += row[unit];
          unit += fromPosition;
        }
        means[channel] = (float) (sum / layer.positions());
      }
      return means;
    }
  };

  /** Returns how many neurons a layer has. */
  public abstract int count(NeuronLayer layer);

  /**
   * Returns what the neurons of a layer answer; NaN where one of their numbers is NaN.
   *
   * @param row one number for each unit
   */
  public abstract float[] outputs(NeuronLayer layer, float[] row);
}
