/** Attacks that see a model's answers, and neither its weights nor its gradients. */
@NullMarked
package io.hone.plugins.blackbox;

import org.jspecify.annotations.NullMarked;
