package io.bookstore.perf.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Counts the fields of a message in protobuf before it is unpacked. Two bytes of an empty span become more than a hundred in memory,
 * so that a limit of bytes alone would let one small body fill the heap.
 */
public final class PackedFields {

    private static final int MOST_LEVELS = 100;

    private final CodedInputStream input;
    private final int most;
    private int count;

    private PackedFields(byte[] bytes, int most) {
        input = CodedInputStream.newInstance(bytes);
        this.most = most;
    }

    /**
     * Returns the number of fields, those of messages within the message included.
     *
     * @throws TooLargeException if there are more than {@code most}
     * @throws IOException if the bytes are no message
     */
    public static int count(Descriptor type, byte[] bytes, int most) throws IOException {
        PackedFields fields = new PackedFields(bytes, most);
        fields.read(type, 0);
        return fields.count;
    }

    private void read(Descriptor type, int level) throws IOException {
        if (level > MOST_LEVELS) {
            throw new IOException("it has more than " + MOST_LEVELS + " levels");
        }
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (++count > most) {
                throw new TooLargeException(most + " fields");
            }
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            if (field != null
                    && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                int outer = input.pushLimit(input.readRawVarint32());
                read(field.getMessageType(), level + 1);
                input.popLimit(outer);
            } else {
                input.skipField(tag);
            }
        }
    }
}
