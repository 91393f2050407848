package io.hone.api.train;

import io.hone.api.model.DifferentiableClassifier;

/**
 * The classifier that a generator learns to attack.
 *
 * @param classifier gives the gradients that the generator learns from
 * @param sha256 of its file: another file makes another training
 */
public record AttackedClassifier(DifferentiableClassifier classifier, String sha256) {}
