/** Networks as SameDiff graphs: the only package that builds or runs them. */
package io.hone.dl4j.samediff;
