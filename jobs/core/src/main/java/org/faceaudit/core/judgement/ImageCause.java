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
            " (a grace set by policy included)"),
    /** The person has withdrawn their consent. */
    CONSENT_WITHDRAWN(
            "consent-withdrawn",
            "个人%s撤回同意",
            "the person %s withdrawn consent",
            "(含政策参数设定的删除期限)",
            " (deletion days set by policy included)"),
    /** No separate consent covers what outlived the verification. */
    KEPT_AFTER_VERIFICATION(
            "kept-after-verification",
            "验证后未见有效的单独同意而仍保存",
            "no valid separate consent is on record, kept beyond the verification",
            "(含政策参数设定的缓存宽限)",
            " (a cache grace set by policy included)"),
    /** The operator applies face recognition no longer. */
    AFTER_TERMINATION(
            "after-termination",
            "处理者%s终止应用人脸识别技术",
            "the operator %s ended the use of face recognition",
            "(含政策参数设定的删除期限)",
            " (deletion days set by policy included)");

    private static final String MEASURES_ZH = "《人脸识别技术应用安全管理办法》第八条第二款、《个人信息保护法》第四十七条";
    private static final String MEASURES_EN = "Art. 8 ¶2 of the Measures; PIPL 47";

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

    /** Which law asks for the deletion; a recommended standard is called one. */
    String lawZh() {
        return switch (this) {
            case CONSENT_WITHDRAWN -> "《人脸识别技术应用安全管理办法》第六条、第八条第二款,《个人信息保护法》第四十七条";
            case KEPT_AFTER_VERIFICATION -> "推荐性国家标准GB/T 35273-2020第6.3条c)、GB/T 41819-2022第7章,不具强制效力";
            case AFTER_TERMINATION -> "《人脸识别技术应用安全管理办法》第八条第二款、第十五条第四款,《个人信息保护法》第四十七条";
            default -> MEASURES_ZH;
        };
    }

    /** {@link #lawZh} in English. */
    String lawEn() {
        return switch (this) {
            case CONSENT_WITHDRAWN -> "Art. 6 and 8 ¶2 of the Measures; PIPL 47";
            case KEPT_AFTER_VERIFICATION ->
                "recommended standards GB/T 35273-2020 §6.3 c, GB/T 41819-2022 §7, not binding";
            case AFTER_TERMINATION -> "Art. 8 ¶2 and 15 ¶4 of the Measures; PIPL 47";
            default -> MEASURES_EN;
        };
    }
}
