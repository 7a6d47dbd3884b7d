package shop;

/** A service with two models of one provider; it runs with any LangChain4j from 1.0 on. */
public final class SmallShop {

    private SmallShop() {}

    /** @param arguments the address of the provider */
    public static void main(String[] arguments) {
        String provider = arguments[0] + "/v1";
        Models.say(Models.openAi(provider).chat("Summarise the book Dune by Frank Herbert"));
        Models.say(Models.openAi(provider).chat("Summarise the book Emma by Jane Austen"));
        Models.say("vector "
                + Models.openAiEmbeddings(provider)
                        .embed("Dune by Frank Herbert")
                        .content()
                        .dimension());
    }
}
