package io.hone.api;

import io.hone.api.stability.Stability;
import org.pf4j.ExtensionPoint;

/**
 * Anything a scenario names by id with {@code use:}.
 *
 * <p>A component is stateless, has a public constructor without arguments, carries {@link Named}
 * and PF4J's {@code @Extension}, and names its Hone interface in its own {@code implements} clause
 * (a base class alone hides it from {@link java.util.ServiceLoader}).
 *
 * @param <P> the record of parameters; every one of its record components carries {@link Param}
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface Component<P extends Record> extends ExtensionPoint {}
