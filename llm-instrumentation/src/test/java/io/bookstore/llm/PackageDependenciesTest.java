package io.bookstore.llm;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

@AnalyzeClasses(packages = "io.bookstore.llm", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageDependenciesTest {

    @ArchTest
    static final ArchRule coreSeesNoFramework = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.bookstore.llm",
                    "io.bookstore.llm.budget",
                    "io.bookstore.llm.content",
                    "io.bookstore.llm.cost",
                    "io.bookstore.llm.error",
                    "io.bookstore.llm.internal..",
                    "io.bookstore.llm.metrics",
                    "io.bookstore.llm.operation",
                    "io.bookstore.llm.semconv")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.langchain4j..",
                    "io.micrometer..",
                    "io.opentelemetry.api.metrics..",
                    "io.bookstore.llm.langchain4j..",
                    "io.bookstore.llm.micrometer..",
                    "io.bookstore.llm.otel..");

    // What the wrappers of SDKs share is above the door, not behind it.
    @ArchTest
    static final ArchRule onlyTheDoorSeesTheInternals = noClasses()
            .that()
            .resideOutsideOfPackages("io.bookstore.llm", "io.bookstore.llm.internal..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.bookstore.llm.internal..")
                    .and(not(resideInAPackage("io.bookstore.llm.internal.sdk"))));

    @ArchTest
    static final ArchRule onlyWrappersOfSdksSeeWhatTheyShare = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.bookstore.llm.internal.sdk", "io.bookstore.llm.anthropic", "io.bookstore.llm.openai")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.bookstore.llm.internal.sdk");

    @ArchTest
    static final ArchRule onlyTheAdapterSeesLangChain4j = noClasses()
            .that()
            .resideOutsideOfPackage("io.bookstore.llm.langchain4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.langchain4j..", "io.bookstore.llm.langchain4j..");

    // The room of errors knows the exception of each SDK, for hosts that call one without its adapter.
    @ArchTest
    static final ArchRule onlyTheAdapterSeesTheSdkOfOpenAi = noClasses()
            .that()
            .resideOutsideOfPackages("io.bookstore.llm.openai..", "io.bookstore.llm.error")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.openai..", "io.bookstore.llm.openai..");

    @ArchTest
    static final ArchRule onlyTheAdapterSeesTheSdkOfAnthropic = noClasses()
            .that()
            .resideOutsideOfPackages("io.bookstore.llm.anthropic..", "io.bookstore.llm.error")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.anthropic..", "io.bookstore.llm.anthropic..");

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
                    "io.opentelemetry.instrumentation..",
                    "io.opentelemetry.api.internal..",
                    "io.micronaut..");

    @ArchTest
    static final ArchRule packagesSeeEachOtherInOneDirection =
            slices().matching("io.bookstore.(**)").should().beFreeOfCycles();

    // An AI service is a proxy of the host's interface; LangChain4j's own needs the same one in a native image. A bean
    // of a
    // framework is a proxy where the application asks for it by its class; nothing else uses that package.
    @ArchTest
    static final ArchRule noReflectionButInProxies = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.bookstore.llm.langchain4j.AgentProxy")
            .and()
            .doNotHaveFullyQualifiedName("io.bookstore.llm.internal.sdk.SdkProxy")
            .and()
            .resideOutsideOfPackage("io.bookstore.llm.framework")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect");

    @ArchTest
    static final ArchRule nothingStaticIsReplaced =
            fields().that().areStatic().should().beFinal();

    // A static thread outlives the application that started it, and holds its class loader.
    @ArchTest
    static final ArchRule nothingStaticIsAliveOrGrows = noFields()
            .that()
            .areStatic()
            .should()
            .haveRawType(assignableTo(Executor.class)
                    .or(assignableTo(Thread.class))
                    .or(assignableTo(ThreadLocal.class))
                    .or(assignableTo(Cleaner.class))
                    .or(assignableTo(Reference.class))
                    .or(assignableTo(ConcurrentMap.class))
                    .or(assignableTo(HashMap.class))
                    .or(assignableTo(ArrayList.class))
                    .or(resideInAPackage("java.util.concurrent.atomic"))
                    .or(resideInAPackage("com.fasterxml.jackson..")));
}
