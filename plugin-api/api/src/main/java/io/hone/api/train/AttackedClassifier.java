package io.hone.api.train;

import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.stability.Stability;

/**
 * The classifier of the scenario, whose gradients a network learns from, such as a generator of
 * adversarial examples.
 *
 * @param classifier gives gradients
 * @param sha256 of its file: another file makes another training
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record AttackedClassifier(DifferentiableClassifier classifier, String sha256) {}
