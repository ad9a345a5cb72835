package org.faceaudit.core.judgement;

/** Why a stored image counts, in the order in which causes with one due day go before each other. */
enum ImageCause {
    /** The retention period that the operator notified has ended. */
    PERIOD_ENDED("period-ended", "所告知的保存期限%s届满", "the notified retention period %s ended", "", ""),
    /** The purpose has ended: membership, employment, visit. */
    PURPOSE_ENDED(
            "purpose-ended",
            "处理目的%s实现或者终止",
            "the purpose of processing %s ended",
            "(含政策参数设定的宽限期)",
            " (a grace set by policy included)");

    private final String id;
    private final String zh;
    private final String en;
    private final String graceZh;
    private final String graceEn;

    ImageCause(String id, String zh, String en, String graceZh, String graceEn) {
        this.id = id;
        this.zh = zh;
        this.en = en;
        this.graceZh = graceZh;
        this.graceEn = graceEn;
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

    /** What came about, or may have. */
    String zh(boolean sure) {
        return zh.formatted(sure ? "已" : "可能已");
    }

    /** {@link #zh} in English. */
    String en(boolean sure) {
        return en.formatted(sure ? "has" : "may have");
    }

    /** What the due day holds that no law names, empty for nothing. */
    String graceZh() {
        return graceZh;
    }

    /** {@link #graceZh} in English. */
    String graceEn() {
        return graceEn;
    }
}
