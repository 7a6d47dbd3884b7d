package io.bookstore.api.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import io.bookstore.api.startup.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class MongoUriTest {

    @Test
    void plainAddressGetsADatabaseAndDeadlines() {
        assertThat(MongoUri.withDefaults("mongodb://host:27017"))
                .isEqualTo("mongodb://host:27017/bookstore?serverSelectionTimeoutMS=1500&connectTimeoutMS=2000"
                        + "&socketTimeoutMS=5000&waitQueueTimeoutMS=1000&maxPoolSize=50");
    }

    @Test
    void optionsOfTheUserStay() {
        String uri = MongoUri.withDefaults("mongodb://host/shop?sockettimeoutms=9&w=majority");

        assertThat(uri)
                .startsWith("mongodb://host/shop?sockettimeoutms=9&w=majority&")
                .doesNotContain("socketTimeoutMS");
    }

    /** The deadlines for a server that is gone; the embedded one cannot be, however busy the machine is. */
    @Test
    @ExtendWith(SharedStore.class)
    void embeddedMongoHasTheDeadlinesOfItsOwnProcess(RunningStore store) {
        ConnectionString address =
                new ConnectionString(store.store().context().getRequiredProperty("mongodb.uri", String.class));

        assertThat(address.getServerSelectionTimeout()).isEqualTo(60_000);
        assertThat(address.getConnectTimeout()).isEqualTo(60_000);
        assertThat(address.getSocketTimeout()).isEqualTo(60_000);
        assertThat(address.getMaxWaitTime()).isEqualTo(60_000);
        assertThat(address.getDatabase()).isEqualTo("bookstore");
    }

    @Test
    void userStillBelongsToAdminWhenADatabaseIsAdded() {
        ConnectionString completed = new ConnectionString(MongoUri.withDefaults("mongodb://u:p@host/"));

        assertThat(completed.getCredential()).isNotNull();
        assertThat(completed.getCredential().getSource()).isEqualTo("admin");
        assertThat(completed.getDatabase()).isEqualTo("bookstore");
    }

    @Test
    void whatIsNotAConnectionStringIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> MongoUri.withDefaults("postgres://u:secret@host"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("MONGODB_URI")
                .hasMessageNotContaining("secret");
    }
}
