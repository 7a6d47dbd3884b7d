package io.bookstore.llm.spring;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URL;
import org.junit.jupiter.api.Test;

class PackageDependenciesTest {

    @Test
    void packagesDependOnEachOtherOneWayOnly() {
        // By the name of their package the classes would be sought in every jar.
        URL classes =
                ModelPostProcessor.class.getProtectionDomain().getCodeSource().getLocation();

        slices().matching("io.bookstore.llm.(**)")
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter().importUrl(classes));
    }
}
