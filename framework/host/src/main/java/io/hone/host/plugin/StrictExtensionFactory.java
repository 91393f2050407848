package io.hone.host.plugin;

import java.lang.reflect.InvocationTargetException;
import org.pf4j.ExtensionFactory;
import org.pf4j.PluginRuntimeException;

/** Creates a component with its own class loader as the thread's context class loader. */
final class StrictExtensionFactory implements ExtensionFactory {
  @Override
  public <T> T create(Class<T> extension) {
    Thread thread = Thread.currentThread();
    ClassLoader caller = thread.getContextClassLoader();
    thread.setContextClassLoader(extension.getClassLoader());
    try {
      return extension.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw refused("its constructor throws ", e.getTargetException());
    } catch (ReflectiveOperationException e) {
      throw new PluginRuntimeException(e, "it cannot be constructed: " + e);
    } catch (LinkageError e) {
      throw e;
    } catch (Error e) {
      throw refused("its static initialiser throws ", e);
    } finally {
      thread.setContextClassLoader(caller);
    }
  }

  private static PluginRuntimeException refused(String problem, Throwable thrown) {
    String message = problem + ThrowableText.of(thrown);
    return ThrowableText.isReadable(thrown)
        ? new PluginRuntimeException(thrown, message)
        : new PluginRuntimeException(message);
  }
}
