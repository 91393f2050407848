/** Names of figures: which the framework measures itself, and how names with levels nest. */
package io.hone.host.figure;
