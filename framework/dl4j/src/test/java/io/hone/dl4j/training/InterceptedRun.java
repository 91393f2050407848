package io.hone.dl4j.training;

import io.hone.api.run.Run;
import io.hone.api.run.RunCancelledException;
import io.hone.testkit.TestRun;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Test runs that do something of their own at some calls. */
final class InterceptedRun {
  private InterceptedRun() {}

  /** A run whose user cancels at the n-th look. */
  static Run cancelledAfter(int looks) {
    int[] seen = new int[1];
    return answering(
        (proxy, method, arguments) -> {
          if (method.getName().equals("checkCancelled") && ++seen[0] > looks) {
            throw new RunCancelledException();
          }
          return null;
        });
  }

  /** A test run with some calls answered by a handler, which returns null to pass on. */
  static Run answering(InvocationHandler handler) {
    TestRun run = new TestRun(1);
    return (Run)
        Proxy.newProxyInstance(
            Run.class.getClassLoader(),
            new Class<?>[] {Run.class},
            (proxy, method, arguments) -> {
              Object answer = handler.invoke(proxy, method, arguments);
              if (answer != null) {
                return answer;
              }
              try {
                return method.invoke(run, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
