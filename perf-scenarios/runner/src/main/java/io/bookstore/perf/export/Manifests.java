package io.bookstore.perf.export;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Kubernetes objects as YAML; a text of several lines is a block, so that a script can be read and compared. */
public final class Manifests {

    private Manifests() {}

    public static String yaml(Object object) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(200);
        options.setSplitLines(false);
        return new Yaml(new Blocks(options), options).dump(object);
    }

    private static final class Blocks extends Representer {

        private Blocks(DumperOptions options) {
            super(options);
        }

        @Override
        protected Node representScalar(Tag tag, String value, ScalarStyle style) {
            return super.representScalar(tag, value, value.contains("\n") ? ScalarStyle.LITERAL : style);
        }
    }
}
