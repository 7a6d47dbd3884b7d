package io.bookstore.api;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.micronaut.http.HttpRequest;

@AnalyzeClasses(
        packages = "io.bookstore.api",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutGenerated.class})
class ArchitectureTest {

    private static final String PROVIDERS = "io.bookstore.api.llm.provider";

    /** The SDKs of providers that speak without LangChain4j. */
    private static final String[] SDKS = {"software.amazon.awssdk.."};

    @ArchTest
    static final ArchRule noTwoPackagesNeedEachOther =
            slices().matching("io.bookstore.(**)").should().beFreeOfCycles();

    // A provider is one class in its package; nothing else knows the library that speaks its wire format. LangChain4j's
    // types that all providers share are open to every package.
    @ArchTest
    static final ArchRule onlyTheProvidersSeeTheirLibraries = noClasses()
            .that()
            .resideOutsideOfPackage(PROVIDERS)
            .should()
            .dependOnClassesThat(resideInAPackage("dev.langchain4j.model..")
                    .and(resideOutsideOfPackages("dev.langchain4j.model.chat..", "dev.langchain4j.model.output.."))
                    .or(resideInAnyPackage(SDKS)));

    @ArchTest
    static final ArchRule everyLibraryOfAProviderIsKnownHere = classes()
            .that()
            .resideInAPackage(PROVIDERS)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(SDKS)
                    .or(resideInAnyPackage(
                            "io.bookstore..",
                            "dev.langchain4j..",
                            "com.fasterxml.jackson.core..",
                            "io.micronaut..",
                            "io.opentelemetry..",
                            "jakarta..",
                            "java..",
                            "org.jspecify..",
                            "org.reactivestreams..",
                            "reactor.core..")))
            .as("the package of an SDK that a provider uses must stand in SDKS, so that nothing else may use it");

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

    // The attributes of a request are a plain map, and the thread of the connection walks through it when the
    // connection
    // closes: a worker that adds one at that moment makes the walk fail.
    @ArchTest
    static final ArchRule requestHasAttributesFromItsConnectionsThreadAlone = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.bookstore.api.http.RequestNotes")
            .and()
            .doNotHaveFullyQualifiedName("io.bookstore.api.http.limit.ClientShare")
            .should()
            .callMethodWhere(target(name("setAttribute")).and(target(owner(assignableTo(HttpRequest.class)))))
            .as(
                    "what a worker has to say about a request stands in RequestNotes; ClientShare runs on the connection's thread");

    /** Leaves out what Micronaut generates for each bean: half of all bytes, and no dependency that a source does not have. */
    static final class WithoutGenerated implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/$");
        }
    }
}
