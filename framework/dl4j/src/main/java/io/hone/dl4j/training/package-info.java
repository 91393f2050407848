/** Training with SameDiff. */
package io.hone.dl4j.training;
