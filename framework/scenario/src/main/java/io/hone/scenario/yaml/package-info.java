/** YAML text as an immutable tree in which every node knows its place. */
package io.hone.scenario.yaml;
