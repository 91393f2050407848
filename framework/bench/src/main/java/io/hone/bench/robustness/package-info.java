/** What evaluations of robustness make of every image, in Hone and in the authors' AutoAttack. */
package io.hone.bench.robustness;
