/** The model as an attack or an improver sees it: queried, counted and limited by a budget. */
package io.hone.api.victim;
