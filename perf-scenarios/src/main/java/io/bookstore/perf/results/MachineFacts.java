package io.bookstore.perf.results;

/** Where the load came from; the service may run elsewhere. */
public record MachineFacts(String os, int processors, long memoryMib, String jdk, String kitVersion) {

    /** This machine and this JVM. */
    public static MachineFacts current() {
        return new MachineFacts(
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                physicalMemoryMib(),
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
                kitVersionOfThisBuild());
    }

    private static long physicalMemoryMib() {
        if (java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system) {
            return system.getTotalMemorySize() / (1024 * 1024);
        }
        return Runtime.getRuntime().maxMemory() / (1024 * 1024);
    }

    private static String kitVersionOfThisBuild() {
        String version = MachineFacts.class.getPackage().getImplementationVersion();
        return version == null ? "development build" : version;
    }
}
