package load;

import com.sun.net.httpserver.HttpServer;
import io.bookstore.k6.K6Engine;
import io.bookstore.k6.K6Result;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.LoadFlags;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

public final class Load {

    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();

        K6Result result = new K6Engine(Map.of())
                .run(new EngineRequest(
                        Path.of("get.js"),
                        Map.of(
                                "BASE_URL",
                                "http://127.0.0.1:" + server.getAddress().getPort()),
                        Files.createDirectories(Path.of("target", "results")),
                        LoadFlags.NONE.withVus(2).withIterations(7)));

        System.out.println(result.outcome() + " " + result.checks());
        System.exit(result.outcome().exitCode());
    }
}
