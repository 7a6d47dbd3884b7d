package io.bookstore.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.bookstore.simulator.MainClasses.mainClasses;

import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching("io.bookstore.(**)").should().beFreeOfCycles().check(mainClasses);
    }

    // A test of the simulation needs no socket, and another network would touch two rooms.
    @Test
    void onlyHttpAndTheProxySeeTheNetwork() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.bookstore.simulator.http", "io.bookstore.simulator.proxy")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(mainClasses);
    }

    // Whoever has no JUnit can run the simulator.
    @Test
    void onlyTheExtensionSeesJUnit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.bookstore.simulator.junit")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(mainClasses);
    }
}
