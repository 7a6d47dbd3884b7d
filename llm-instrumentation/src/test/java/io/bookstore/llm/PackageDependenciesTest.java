package io.bookstore.llm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.bookstore.llm", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageDependenciesTest {

    @ArchTest
    static final ArchRule coreSeesNoFramework = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.bookstore.llm", "io.bookstore.llm.semconv", "io.bookstore.llm.content", "io.bookstore.llm.cost")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.langchain4j..",
                    "io.micrometer..",
                    "io.opentelemetry.api.metrics..",
                    "io.bookstore.llm.langchain4j..",
                    "io.bookstore.llm.micrometer..",
                    "io.bookstore.llm.otel..");

    @ArchTest
    static final ArchRule onlyTheAdapterSeesLangChain4j = noClasses()
            .that()
            .resideOutsideOfPackage("io.bookstore.llm.langchain4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.langchain4j..", "io.bookstore.llm.langchain4j..");

    @ArchTest
    static final ArchRule onlyTheRecorderSeesMicrometer = noClasses()
            .that()
            .resideOutsideOfPackage("io.bookstore.llm.micrometer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule nothingThatMayChange = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.opentelemetry..incubator..",
                    "io.opentelemetry.instrumentation.api.internal..",
                    "io.micronaut..");
}
