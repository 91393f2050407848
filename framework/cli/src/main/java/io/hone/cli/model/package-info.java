/** The commands on models: inspect, check, gradient, export, card. */
package io.hone.cli.model;
