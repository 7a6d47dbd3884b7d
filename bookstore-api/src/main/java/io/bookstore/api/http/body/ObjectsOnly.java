package io.bookstore.api.http.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;

/**
 * A record is read from a JSON object and from nothing else. Micronaut's introspection claims to make one from a number
 * or a boolean as well, and then fails with an exception that no client has caused.
 */
final class ObjectsOnly extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
        return bean.getBeanClass().isRecord() ? new OfObject(deserializer) : deserializer;
    }

    private static final class OfObject extends DelegatingDeserializer {

        private static final long serialVersionUID = 1L;

        OfObject(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new OfObject(delegate);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.hasToken(JsonToken.START_OBJECT)
                    ? super.deserialize(parser, context)
                    : context.handleUnexpectedToken(handledType(), parser);
        }
    }
}
