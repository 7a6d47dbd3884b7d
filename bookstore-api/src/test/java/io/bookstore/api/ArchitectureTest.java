package io.bookstore.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.bookstore.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule noTwoPackagesNeedEachOther =
            slices().matching("io.bookstore.(**)").should().beFreeOfCycles();

    // A provider is one class in its package; nothing else knows the library that speaks its wire format.
    @ArchTest
    static final ArchRule onlyTheProvidersSeeTheirLibraries = noClasses()
            .that()
            .resideOutsideOfPackage("io.bookstore.api.llm.provider")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.langchain4j.model.anthropic..",
                    "dev.langchain4j.model.googleai..",
                    "dev.langchain4j.model.ollama..",
                    "dev.langchain4j.model.openai..",
                    "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule onlyTheStandInsSeeTheSimulator = noClasses()
            .that()
            .resideOutsideOfPackage("io.bookstore.api.standin")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.bookstore.simulator..");

    // The rooms of HTTP serve every feature, so that none of them knows one.
    @ArchTest
    static final ArchRule httpKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage("io.bookstore.api.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.bookstore.api.author..",
                    "io.bookstore.api.book..",
                    "io.bookstore.api.llm..",
                    "io.bookstore.api.summary..");
}
