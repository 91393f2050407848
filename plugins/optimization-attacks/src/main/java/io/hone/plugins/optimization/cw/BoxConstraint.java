package io.hone.plugins.optimization.cw;

import io.hone.api.geometry.Pixels;

/** How the image is kept in [0, 1] while a variable moves freely. */
public enum BoxConstraint {
  /** The variable is the image; after each step it is clipped to [0, 1]. */
  PROJECTED {
    @Override
    void enter(float[] image, float[] variable) {
      System.arraycopy(image, 0, variable, 0, image.length);
    }

    @Override
    void leave(float[] variable, float[] image) {
      System.arraycopy(variable, 0, image, 0, image.length);
    }

    @Override
    double objectiveDistance(float[] variable, float[] image, float[] clean) {
      return Changes.squared(image, clean);
    }

    @Override
    void gradient(
        float[] variable, float[] image, float[] clean, float weight, float[] slopeToGradient) {
      for (int feature = 0; feature < image.length; feature++) {
        slopeToGradient[feature] =
            2 * (image[feature] - clean[feature]) + weight * slopeToGradient[feature];
      }
    }

    @Override
    void confine(float[] variable) {
      Pixels.clip(variable);
    }
  },
  /**
   * The function looks at the clipped variable, so that its gradient ends outside [0, 1]; the
   * distance is the variable's own and leads it back.
   */
  CLIPPED {
    @Override
    void enter(float[] image, float[] variable) {
      System.arraycopy(image, 0, variable, 0, image.length);
    }

    @Override
    void leave(float[] variable, float[] image) {
      for (int feature = 0; feature < image.length; feature++) {
        image[feature] = Pixels.clip(variable[feature]);
      }
    }

    @Override
    double objectiveDistance(float[] variable, float[] image, float[] clean) {
      return Changes.squared(variable, clean);
    }

    @Override
    void gradient(
        float[] variable, float[] image, float[] clean, float weight, float[] slopeToGradient) {
      for (int feature = 0; feature < image.length; feature++) {
        float slope = variable[feature] == image[feature] ? weight * slopeToGradient[feature] : 0;
        slopeToGradient[feature] = 2 * (variable[feature] - clean[feature]) + slope;
      }
    }
  },
  /** The variable is {@code w} with {@code x = (tanh(w) + 1) / 2}. */
  CHANGE_OF_VARIABLES {
    @Override
    void enter(float[] image, float[] variable) {
      TanhSpace.enter(image, variable);
    }

    @Override
    void leave(float[] variable, float[] image) {
      TanhSpace.leave(variable, image);
    }

    @Override
    double objectiveDistance(float[] variable, float[] image, float[] clean) {
      return Changes.squared(image, clean);
    }

    @Override
    void gradient(
        float[] variable, float[] image, float[] clean, float weight, float[] slopeToGradient) {
      PROJECTED.gradient(variable, image, clean, weight, slopeToGradient);
      TanhSpace.pullBack(variable, slopeToGradient);
    }
  };

  /** Writes the variable of an image in [0, 1]. */
  abstract void enter(float[] image, float[] variable);

  /** Writes the image in [0, 1] of a variable. */
  abstract void leave(float[] variable, float[] image);

  /** Returns the squared distance that the objective holds. */
  abstract double objectiveDistance(float[] variable, float[] image, float[] clean);

  /**
   * Turns the function's gradient to the image into the gradient of squared distance plus weighted
   * function to the variable, in place.
   */
  abstract void gradient(
      float[] variable, float[] image, float[] clean, float weight, float[] slopeToGradient);

  /** Moves the variable to where it may be, after a step. */
  void confine(float[] variable) {}
}
