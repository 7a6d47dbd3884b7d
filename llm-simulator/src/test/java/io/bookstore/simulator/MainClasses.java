package io.bookstore.simulator;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The classes of the simulator, read once; by the name of their package they would be sought in every jar. */
final class MainClasses {

    static final JavaClasses mainClasses = new ClassFileImporter()
            .importUrl(
                    SimulatorServer.class.getProtectionDomain().getCodeSource().getLocation());

    private MainClasses() {}
}
