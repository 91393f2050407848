/** Trainers, and the loop they share: epochs, early stopping, checkpoints. */
package io.hone.dl4j.training;
