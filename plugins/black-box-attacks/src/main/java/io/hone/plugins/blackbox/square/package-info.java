/**
 * The attack of Andriushchenko et al. 2020, "Square Attack: a query-efficient black-box adversarial
 * attack via random search".
 */
@NullMarked
package io.hone.plugins.blackbox.square;

import org.jspecify.annotations.NullMarked;
