package org.faceaudit.runtime.fact;

/** How the keys of keyed streams are spelled. Operator and system ids hold no slash. */
public final class Scopes {

    /** Operator and system id of the registry's own source. */
    public static final String REGISTRY = "registry";

    private Scopes() {}

    public static String source(String operator, String system) {
        return operator + '/' + system;
    }

    public static String operator(String source) {
        return source.substring(0, source.indexOf('/'));
    }

    /** The operator that a key of any step belongs to: all keys are an operator's id, or begin with it and a slash. */
    public static String operatorOfKey(String key) {
        return key.indexOf('/') < 0 ? key : operator(key);
    }

    public static String system(String source) {
        return source.substring(source.indexOf('/') + 1);
    }
}
