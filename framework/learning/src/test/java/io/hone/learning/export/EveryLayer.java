package io.hone.learning.export;

import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.Gain;
import io.hone.network.GlobalPooling;
import io.hone.network.Joint;
import io.hone.network.Layer;
import io.hone.network.LeakyRelu;
import io.hone.network.PRelu;
import io.hone.network.Padding;
import io.hone.network.PixelShuffle;
import io.hone.network.Value;
import java.util.function.UnaryOperator;

/**
 * A small classifier with branches that holds every kind of layer.
 *
 * @param classes that it tells apart
 */
record EveryLayer(int classes) implements UnaryOperator<Value> {
  @Override
  public Value apply(Value image) {
    Value stem =
        image
            .then(convolution(8).withoutBias())
            .then(new Layer.BatchNormalization(1e-3f))
            .then(new LeakyRelu(0.2f));
    Value halved =
        stem.then(new Layer.Convolution(8, 2, 2, Padding.VALID, Activation.RELU))
            .then(new Layer.BatchNormalization(1e-3f));
    Value doubled = halved.then(convolution(16)).then(new PixelShuffle(2)).then(new PRelu(true));
    Value attended =
        stem.then(
                new Joint.Attention(),
                halved.then(new PRelu(false)),
                halved.then(new Layer.Dropout(0.1)))
            .then(new Gain(0.5f));
    Value sum = attended.then(new Joint.Add(), stem);
    Value gate = doubled.then(convolution(1)).then(new Activated(Activation.SIGMOID));
    Value joined =
        gate.then(new Joint.Multiply(), sum)
            .then(
                new Joint.Concatenate(),
                doubled,
                halved.then(new Layer.UpSampling(2)),
                halved.then(new Layer.Dropout(0.2)).then(new Layer.UpSampling(2)));
    Value features =
        joined
            .then(GlobalPooling.average())
            .then(new Joint.Concatenate(), joined.then(GlobalPooling.largest()));
    Value flat =
        joined
            .then(new Layer.AveragePooling(2))
            .then(new Layer.MaxPooling(2))
            .then(new Layer.Flatten())
            .then(new Layer.BatchNormalization(1e-3f));
    return features
        .then(new Joint.Concatenate(), flat)
        .then(new Activated(Activation.TANH))
        .then(new Layer.Dense(classes, Activation.NONE));
  }

  private static Layer.Convolution convolution(int filters) {
    return new Layer.Convolution(filters, 3, 1, Padding.SAME, Activation.NONE);
  }
}
