/**
 * Trains models: makes examples, has a trainer learn from them, checks and publishes the result.
 */
package io.hone.training;
