package io.hone.engine;

import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunListener;
import io.hone.engine.results.ResultFolder;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a scenario is run, apart from what it says itself.
 *
 * @param output where results go
 * @param existing what becomes of results that are there
 * @param dataFolder below which data sets are
 * @param listener shows the run
 * @param cancellation stops it
 * @param meters operational meters
 * @param provenance what the caller knows of versions and plugins, for the results
 */
public record RunOptions(
    ResultFolder output,
    ResultFolder.Existing existing,
    Path dataFolder,
    RunListener listener,
    Cancellation cancellation,
    MeterRegistry meters,
    Map<String, Object> provenance) {}
