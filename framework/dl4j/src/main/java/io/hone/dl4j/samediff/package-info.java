/** Networks as SameDiff graphs, and how nd4j is loaded and kept quiet. */
package io.hone.dl4j.samediff;
