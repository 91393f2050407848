package io.hone.host.plugin;

import io.hone.api.BadInputException;
import io.hone.api.run.RunCancelledException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The line between Hone and one plugin. Whoever is called across it finds its own class loader as
 * the thread's context class loader: libraries on either side look there for services and files.
 *
 * <p>Objects that cross are wrapped if calls to them would cross back: a plugin's data set or
 * classifier on its way to Hone, Hone's victim or run on its way to the plugin. On the way back
 * home they are unwrapped. Values, such as tensors and records, are the same on both sides.
 *
 * <p>Whatever a component throws must not end Hone without a word on whose it is, so it comes out
 * as a {@link PluginErrorException}, unless it is meant for Hone: bad input and a cancelled run.
 */
final class PluginBoundary {
  private final String name;
  private final ClassLoader plugin;
  private final ClassLoader host;

  /** What Hone threw last when the plugin called it: passing through, it is not the plugin's. */
  private final ThreadLocal<WeakReference<Throwable>> ofHone = new ThreadLocal<>();

  /**
   * Creates the line.
   *
   * @param name of the plugin, for messages
   */
  PluginBoundary(String name, ClassLoader plugin, ClassLoader host) {
    this.name = name;
    this.plugin = plugin;
    this.host = host;
  }

  /**
   * Returns a plugin's component as Hone may call it.
   *
   * @param name of the component, such as {@code attack fgsm}, for messages
   */
  Object wrap(Object component, String name) {
    return wrap(component, plugin, name);
  }

  private Object wrap(Object target, ClassLoader owner, String component) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      collectInterfaces(type, interfaces);
    }
    return Proxy.newProxyInstance(
        PluginBoundary.class.getClassLoader(),
        interfaces.toArray(Class<?>[]::new),
        new Crossing(this, target, owner, component));
  }

  private static void collectInterfaces(Class<?> type, Set<Class<?>> interfaces) {
    for (Class<?> each : type.getInterfaces()) {
      if (Modifier.isPublic(each.getModifiers()) && (isShared(each) || isJdk(each))) {
        interfaces.add(each);
      }
      collectInterfaces(each, interfaces);
    }
  }

  private @Nullable Object cross(
      @Nullable Object value, Class<?> declared, ClassLoader receiver, String component) {
    if (value == null || !declared.isInterface()) {
      return value;
    }
    Object home = unwrap(value);
    if (home != value) {
      return home;
    }
    Class<?> type = value.getClass();
    if (type.getClassLoader() == plugin) {
      return receiver == plugin ? value : wrap(value, plugin, component);
    }
    // JDK interfaces of Hone, such as a random stream, are called far too often to pay for this.
    boolean called = isShared(declared) && !isShared(type) && !isJdk(type);
    return receiver == plugin && called ? wrap(value, host, component) : value;
  }

  /** Returns what this boundary wrapped, which only ever comes back to where it belongs. */
  private @Nullable Object unwrap(@Nullable Object value) {
    return value != null
            && Proxy.isProxyClass(value.getClass())
            && Proxy.getInvocationHandler(value) instanceof Crossing crossing
            && crossing.boundary() == this
        ? crossing.target()
        : value;
  }

  /** Returns what a call throws, once the plugin is named where that is needed. */
  private Throwable thrown(Crossing call, Method method, Throwable cause) {
    if (call.owner() != plugin) {
      ofHone.set(new WeakReference<>(cause));
      return cause;
    }
    WeakReference<Throwable> passing = ofHone.get();
    ofHone.remove();
    if (isMeantForHone(method, cause) && ThrowableText.isReadable(cause)) {
      return cause;
    }
    String owner = call.component() + " of the plugin " + name;
    return passing != null && passing.get() == cause
        ? PluginErrorException.passedBy(owner, cause)
        : PluginErrorException.thrownBy(owner, cause);
  }

  /** Memory may be short for anybody's sake. */
  private static boolean isMeantForHone(Method method, Throwable cause) {
    return cause instanceof BadInputException
        || cause instanceof RunCancelledException
        || cause instanceof PluginErrorException
        || cause instanceof OutOfMemoryError
        || isDeclared(method, cause);
  }

  private static boolean isDeclared(Method method, Throwable cause) {
    return Arrays.stream(method.getExceptionTypes()).anyMatch(type -> type.isInstance(cause))
        && !(cause instanceof RuntimeException);
  }

  private ClassLoader other(ClassLoader side) {
    return side == plugin ? host : plugin;
  }

  private static boolean isShared(Class<?> type) {
    return SharedPackages.contain(type.getName());
  }

  private static boolean isJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  /** Forwards calls to the side that owns the target. */
  private record Crossing(
      PluginBoundary boundary, Object target, ClassLoader owner, String component)
      implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      Thread thread = Thread.currentThread();
      ClassLoader caller = thread.getContextClassLoader();
      thread.setContextClassLoader(owner);
      try {
        Object result = method.invoke(target, crossed(method, arguments));
        return boundary.cross(result, method.getReturnType(), boundary.other(owner), component);
      } catch (InvocationTargetException e) {
        throw boundary.thrown(this, method, e.getTargetException());
      } finally {
        thread.setContextClassLoader(caller);
      }
    }

    private Object @Nullable [] crossed(Method method, Object @Nullable [] arguments) {
      if (arguments == null) {
        return null;
      }
      Class<?>[] declared = method.getParameterTypes();
      Object[] crossed = new Object[arguments.length];
      for (int index = 0; index < crossed.length; index++) {
        crossed[index] =
            declared[index] == Object.class // as in equals
                ? boundary.unwrap(arguments[index])
                : boundary.cross(arguments[index], declared[index], owner, component);
      }
      return crossed;
    }
  }
}
