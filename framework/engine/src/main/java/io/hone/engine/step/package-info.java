/** The steps of a run: attacks, improvers and defenses at work on one batch. */
package io.hone.engine.step;
