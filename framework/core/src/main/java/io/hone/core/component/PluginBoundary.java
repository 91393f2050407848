package io.hone.core.component;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The line between Hone and one plugin. Whoever is called across it finds its own class loader as
 * the thread's context class loader: libraries on either side look there for services and files.
 *
 * <p>Objects that cross are wrapped if calls to them would cross back: a plugin's data set or
 * classifier on its way to Hone, Hone's victim or run on its way to the plugin. On the way back
 * home they are unwrapped. Values, such as tensors and records, are the same on both sides.
 *
 * <p>An {@code Error} that a plugin throws must not end Hone without a word, so it comes out as a
 * {@link PluginErrorException}.
 */
final class PluginBoundary {
  private final String name;
  private final ClassLoader plugin;
  private final ClassLoader host;

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

  /** Returns a plugin's object as Hone may call it. */
  Object wrap(Object pluginObject) {
    return wrap(pluginObject, plugin);
  }

  private Object wrap(Object target, ClassLoader owner) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      collectInterfaces(type, interfaces);
    }
    return Proxy.newProxyInstance(
        PluginBoundary.class.getClassLoader(),
        interfaces.toArray(Class<?>[]::new),
        new Crossing(this, target, owner));
  }

  private static void collectInterfaces(Class<?> type, Set<Class<?>> interfaces) {
    for (Class<?> each : type.getInterfaces()) {
      if (Modifier.isPublic(each.getModifiers()) && (isShared(each) || isJdk(each))) {
        interfaces.add(each);
      }
      collectInterfaces(each, interfaces);
    }
  }

  private Object cross(Object value, Class<?> declared, ClassLoader receiver) {
    if (value == null || !declared.isInterface()) {
      return value;
    }
    Object home = unwrap(value);
    if (home != value) {
      return home;
    }
    Class<?> type = value.getClass();
    if (type.getClassLoader() == plugin) {
      return receiver == plugin ? value : wrap(value, plugin);
    }
    // JDK interfaces of Hone, such as a random stream, are called far too often to pay for this.
    boolean called = isShared(declared) && !isShared(type) && !isJdk(type);
    return receiver == plugin && called ? wrap(value, host) : value;
  }

  /** Returns what this boundary wrapped, which only ever comes back to where it belongs. */
  private Object unwrap(Object value) {
    return value != null
            && Proxy.isProxyClass(value.getClass())
            && Proxy.getInvocationHandler(value) instanceof Crossing crossing
            && crossing.boundary() == this
        ? crossing.target()
        : value;
  }

  /**
   * Returns what a call throws: an error that ended a plugin's method, or a checked exception that
   * the method does not declare, becomes an exception that names the plugin. Memory may be short
   * for anybody's sake.
   */
  private Throwable thrown(Method method, Throwable cause, ClassLoader owner) {
    boolean error = cause instanceof Error && !(cause instanceof OutOfMemoryError);
    return owner == plugin && (error || isUndeclared(method, cause))
        ? new PluginErrorException(name, cause)
        : cause;
  }

  private static boolean isUndeclared(Method method, Throwable cause) {
    return !(cause instanceof Error)
        && !(cause instanceof RuntimeException)
        && Arrays.stream(method.getExceptionTypes()).noneMatch(type -> type.isInstance(cause));
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
  private record Crossing(PluginBoundary boundary, Object target, ClassLoader owner)
      implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      Thread thread = Thread.currentThread();
      ClassLoader caller = thread.getContextClassLoader();
      thread.setContextClassLoader(owner);
      try {
        Object result = method.invoke(target, crossed(method, arguments));
        return boundary.cross(result, method.getReturnType(), boundary.other(owner));
      } catch (InvocationTargetException e) {
        throw boundary.thrown(method, e.getCause(), owner);
      } finally {
        thread.setContextClassLoader(caller);
      }
    }

    private Object[] crossed(Method method, Object[] arguments) {
      if (arguments == null) {
        return null;
      }
      Class<?>[] declared = method.getParameterTypes();
      Object[] crossed = new Object[arguments.length];
      for (int index = 0; index < crossed.length; index++) {
        crossed[index] =
            declared[index] == Object.class // as in equals
                ? boundary.unwrap(arguments[index])
                : boundary.cross(arguments[index], declared[index], owner);
      }
      return crossed;
    }
  }
}
