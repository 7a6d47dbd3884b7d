package io.bookstore.api.http.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * The part of strict reading that has no setting in {@code application.yml}: a number is not a text, a moment in time
 * is an ISO-8601 text, and a record is an object.
 */
@Singleton
final class StrictJson implements BeanCreatedEventListener<ObjectMapper> {

    @Override
    public ObjectMapper onCreated(BeanCreatedEvent<ObjectMapper> event) {
        ObjectMapper mapper = event.getBean();
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        return mapper.registerModule(new SimpleModule("strict-json")
                .addDeserializer(Instant.class, new InstantOfText())
                .setDeserializerModifier(new ObjectsOnly()));
    }

    /**
     * A moment of the years 1 to 9999, to the millisecond: what MongoDB keeps, so that every answer says the same.
     *
     * <p>Jackson's own takes any number for seconds since 1970.
     */
    private static final class InstantOfText extends StdDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

        InstantOfText() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(Instant.class, parser);
            }
            String text = parser.getText();
            try {
                Instant moment = Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
                if (!moment.isBefore(FIRST) && !moment.isAfter(LAST)) {
                    return moment;
                }
            } catch (DateTimeParseException e) {
                // Neither is a text of another form.
            }
            throw context.weirdStringException(text, Instant.class, "no ISO-8601 instant of the years 1 to 9999");
        }
    }
}
