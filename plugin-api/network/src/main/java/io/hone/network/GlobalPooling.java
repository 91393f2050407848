package io.hone.network;

import io.hone.api.stability.Stability;

/**
 * One feature for each channel of an image.
 *
 * @param kind of all its pixels
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record GlobalPooling(Kind kind) implements OneInput {
  /** What is taken of a channel's pixels. */
  public enum Kind {
    /** Their mean. */
    AVERAGE,
    /** The largest. */
    LARGEST
  }

  /** Returns the pooling to the mean. */
  public static GlobalPooling average() {
    return new GlobalPooling(Kind.AVERAGE);
  }

  /** Returns the pooling to the largest value. */
  public static GlobalPooling largest() {
    return new GlobalPooling(Kind.LARGEST);
  }

  @Override
  public String word() {
    return "global";
  }

  @Override
  public Form form(Form input) {
    return Form.features(input.images().channels());
  }

  @Override
  public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
    return emitter.globalPooling(stage, this, input);
  }

  @Override
  public String describe() {
    return kind == Kind.AVERAGE ? "GlobalAveragePooling" : "GlobalMaxPooling";
  }
}
