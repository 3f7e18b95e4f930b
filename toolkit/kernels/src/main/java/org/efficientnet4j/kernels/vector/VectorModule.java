package org.efficientnet4j.kernels.vector;

import java.lang.reflect.InvocationTargetException;

/**
 * The module of the Vector API, which the JVM leaves out unless told. {@code --add-modules} makes every start print a
 * warning that nothing silences; {@code --add-exports=java.base/jdk.internal.module=ALL-UNNAMED} lets this class add the
 * module at run time, the way the JVM adds one for an agent: to the boot loader, where its methods are compiled to single
 * instructions all the same.
 */
final class VectorModule {
    static final String NAME = "jdk.incubator.vector";

    private static final String INTERNAL_LOADER = "jdk.internal.module.Modules";

    private VectorModule() {}

    /** True if the Vector API can be used; adds its module where the flags allow that. */
    static boolean isThere() {
        return ModuleLayer.boot().findModule(NAME).isPresent() || added();
    }

    private static boolean added() {
        try {
            Class.forName(INTERNAL_LOADER).getMethod("loadModule", String.class).invoke(null, NAME);
            return true;
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) { // another JVM, or no flag
            return false;
        } catch (InvocationTargetException e) { // above all, a JVM that was linked without the module
            return false;
        }
    }
}
