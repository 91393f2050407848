package io.hone.scenario.card;

import java.util.Map;

/** A part of a card whose keys mean nothing to Hone. */
record FreeForm(Map<String, Object> content) {}
