package io.bookstore.perf.results.facts;

import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;

/**
 * The machine that the load came from; the service may run elsewhere.
 *
 * @param jdk vendor and version, and the flags that decide how fast it is
 */
public record MachineFacts(String os, int processors, long memoryMib, String jdk, String kitVersion) {

    /** This machine and this JVM. */
    public static MachineFacts current() {
        return new MachineFacts(
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                physicalMemoryMib(),
                System.getProperty("java.vendor") + " " + System.getProperty("java.version") + flags(),
                kitVersionOfThisBuild());
    }

    private static String flags() {
        // A path tells where somebody's files are and nothing about speed.
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-X") && !flag.startsWith("-Xlog"))
                .map(flag ->
                        flag.contains("/") || flag.contains("\\") ? flag.replaceAll("[=:][^:=]*[/\\\\].*", "") : flag)
                .distinct()
                .map(flag -> " " + flag)
                .collect(Collectors.joining());
    }

    private static long physicalMemoryMib() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            return system.getTotalMemorySize() / (1024 * 1024);
        }
        return Runtime.getRuntime().maxMemory() / (1024 * 1024);
    }

    private static String kitVersionOfThisBuild() {
        String version = MachineFacts.class.getPackage().getImplementationVersion();
        return version == null ? "development build" : version;
    }
}
