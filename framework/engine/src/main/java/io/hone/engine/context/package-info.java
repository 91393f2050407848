/**
 * What components are given to work with: random numbers, models, progress, notices, cancellation.
 */
package io.hone.engine.context;
