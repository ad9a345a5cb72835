package org.faceaudit.local.process;

/** A reason why the stack cannot do what was asked, as one sentence that names what is wrong and what helps. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param sentence what is wrong and what helps, for a person to read */
    public StackException(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence what is wrong and what helps, for a person to read
     * @param cause what the machine said
     */
    public StackException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
