// The door to the JVM. The engine removes the global before the script's own code runs.
export default globalThis.__host;
