package org.faceaudit.core.judgement;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What the law makes of the methods in the vocabulary of {@code AccessPointVersion.methods}. */
final class VerificationMethod {

    static final String FACE = "FACE";

    /** Of the person's own: the operator learns yes or no. */
    static final String DEVICE = "DEVICE";

    private static final Set<String> OTHER_BIOMETRICS = Set.of("FINGERPRINT", "PALM", "IRIS");

    private static final Map<String, String> CHINESE = Map.ofEntries(
            Map.entry(FACE, "人脸识别"),
            Map.entry("CARD", "刷卡"),
            Map.entry("QR", "二维码"),
            Map.entry("PIN", "密码"),
            Map.entry("FINGERPRINT", "指纹"),
            Map.entry("PALM", "掌纹"),
            Map.entry("IRIS", "虹膜"),
            Map.entry("STAFF", "人工"),
            Map.entry("DOCUMENT", "证件"),
            Map.entry("APP", "手机应用"),
            Map.entry(DEVICE, "本人设备"));

    private VerificationMethod() {}

    /** Whether any of them is not the face: a 非人脸识别技术方式 of Art. 10, which another biometric is too. */
    static boolean anyOther(Collection<String> methods) {
        return methods.stream().anyMatch(method -> !method.equals(FACE));
    }

    /** Whether there are methods beside the face, and biometric ones only: a note is due, proportionality stays open. */
    static boolean othersAreBiometric(Collection<String> methods) {
        return anyOther(methods)
                && methods.stream().allMatch(method -> method.equals(FACE) || OTHER_BIOMETRICS.contains(method));
    }

    /** Whether a method that an attempt tells may have been the face: one that is not known may. */
    static boolean mayBeFace(String method) {
        return method == null || method.equals(FACE);
    }

    static String chinese(String method) {
        return CHINESE.getOrDefault(method, "其他");
    }
}
