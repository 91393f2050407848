/** The numbers that a network starts its training with. */
package io.hone.learning.network;
