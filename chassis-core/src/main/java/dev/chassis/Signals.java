package dev.chassis;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * Signals, as far as the JVM lets us have them. The JVM's own handler runs the shutdown hooks and is deaf to a second signal meanwhile;
 * ours hears it. {@code sun.misc.Signal} is supported on every JVM (module {@code jdk.unsupported}) but not part of the Java API, hence
 * the reflection.
 */
final class Signals {

    private Signals() {}

    /** Calls the handler, on a thread of the JVM's, for each arrival. False if this JVM does not let us (as with {@code -Xrs}). */
    static boolean handle(String signal, Runnable handler) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (self, method, args) -> {
                        if (method.getName().equals("handle")) {
                            handler.run();
                            return null;
                        }
                        return method.getName().equals("hashCode")
                                ? System.identityHashCode(self)
                                : method.invoke(handler, args);
                    });
            Method handle = signalType.getMethod("handle", signalType, handlerType);
            handle.invoke(null, signalType.getConstructor(String.class).newInstance(signal), proxy);
            return true;
        } catch (ReflectiveOperationException e) {
            LoggerFactory.getLogger(Signals.class)
                    .warn("SIG{} cannot be handled by this JVM; a second one will not force the stop", signal, e);
            return false;
        }
    }
}
