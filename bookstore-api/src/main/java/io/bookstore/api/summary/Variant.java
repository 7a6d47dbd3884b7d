package io.bookstore.api.summary;

/**
 * What to ask, of whom.
 *
 * @param name {@value #NONE} outside of an experiment
 * @param provider empty for the default one
 * @param model empty for the provider's default one
 */
record Variant(String name, String provider, String model, Prompt prompt) {

    /** The name where there is no experiment; metrics need one. */
    static final String NONE = "none";
}
