package io.hone.api.activation;

import java.io.DataInput;
import java.io.DataOutput;

/** Nothing is known, and nothing needs to be. */
final class NoActivationProfile implements ActivationProfile {
  @Override
  public void add(ProfiledImage image) {}

  @Override
  public void merge(ActivationProfile other) {}

  @Override
  public void write(DataOutput output) {}

  @Override
  public void read(DataInput input) {}
}
