package io.bookstore.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.bookstore.simulator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule noTwoPackagesNeedEachOther =
            slices().matching("io.bookstore.(**)").should().beFreeOfCycles();

    // A test of the simulation needs no socket, and another network would touch two rooms.
    @ArchTest
    static final ArchRule onlyHttpAndTheProxySeeTheNetwork = noClasses()
            .that()
            .resideOutsideOfPackages("io.bookstore.simulator.http", "io.bookstore.simulator.proxy")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    // Whoever has no JUnit can run the simulator.
    @ArchTest
    static final ArchRule onlyTheExtensionSeesJUnit = noClasses()
            .that()
            .resideOutsideOfPackage("io.bookstore.simulator.junit")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..");
}
