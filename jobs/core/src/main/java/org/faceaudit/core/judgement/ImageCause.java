package org.faceaudit.core.judgement;

/** Why a stored image counts, in the order in which causes with one due day go before each other. */
enum ImageCause {
    /** The retention period that the operator notified has ended. */
    PERIOD_ENDED("period-ended", "所告知的保存期限已届满", "the notified retention period has ended"),
    /** The purpose has ended: membership, employment, visit. */
    PURPOSE_ENDED("purpose-ended", "处理目的已实现或者终止", "the purpose of processing has ended");

    private final String id;
    private final String zh;
    private final String en;

    ImageCause(String id, String zh, String en) {
        this.id = id;
        this.zh = zh;
        this.en = en;
    }

    static ImageCause of(String id) {
        for (ImageCause cause : values()) {
            if (cause.id.equals(id)) {
                return cause;
            }
        }
        throw new IllegalArgumentException("no image cause " + id);
    }

    String id() {
        return id;
    }

    String zh() {
        return zh;
    }

    String en() {
        return en;
    }
}
