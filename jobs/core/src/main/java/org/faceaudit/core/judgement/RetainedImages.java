package org.faceaudit.core.judgement;

import java.time.Instant;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/** One episode of {@link RawImageRetained} in columns and words. */
final class RetainedImages {

    private final String operator;
    private final String system;
    private final ImageCause cause;
    private final ImageCounting counting;
    private final Registry registry;
    private final Instant known;
    private final Verdict verdict;

    RetainedImages(
            String operator,
            String system,
            ImageCause cause,
            ImageCounting counting,
            Registry registry,
            Instant known) {
        this.operator = operator;
        this.system = system;
        this.cause = cause;
        this.counting = counting;
        this.registry = registry;
        this.known = known;
        this.verdict = counting.verdict();
    }

    Episode episode(int ordinal) {
        EpisodeDraft draft = EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .system(system)
                .verdict(verdict)
                .occurredOn(LegalDay.of(counting.openedAt()))
                .openedAt(counting.openedAt())
                .severity(RawImageRetained.RULE_ID, operator)
                .dueOn(counting.dueOn())
                .measured(counting.measured(), null, "images")
                .mapping(counting.mappingVersion())
                .exception(counting.exceptionId())
                .explained(zh(), en())
                .evidence(counting.evidence());
        if (counting.exempt()) {
            draft.exempt();
        }
        return draft.resolvedAt(counting.resolvedAt()).build();
    }

    private boolean open() {
        return counting.resolvedAt() == null;
    }

    /** Whether the cause has come about for all of them: what is frozen is suspected for another reason. */
    private boolean sure() {
        return verdict != Verdict.SUSPECTED || (frozen() && counting.allCovered());
    }

    private boolean frozen() {
        return verdict == Verdict.SUSPECTED && counting.exceptionId() != null && !counting.exempt();
    }

    private String zh() {
        StringBuilder text = new StringBuilder(Wording.name(operator, registry))
                .append("的系统")
                .append(system)
                .append("自")
                .append(LegalDay.of(counting.openedAt()))
                .append("起存有")
                .append(cause.zh(sure()))
                .append("的人脸原始图像,其中最早到期的最迟应于")
                .append(counting.dueOn())
                .append(cause.graceZh())
                .append("删除(")
                .append(cause.lawZh())
                .append(");")
                .append(open() ? "" : "最多")
                .append(stageZh())
                .append(counting.measured())
                .append("幅,涉及已知个人")
                .append(counting.persons())
                .append("人");
        if (counting.oldest() != null) {
            text.append(",最早的一幅至迟存储于").append(counting.oldest());
        }
        text.append(";")
                .append(counting.lastDay())
                .append("新增")
                .append(counting.addedThatDay())
                .append("幅、清除")
                .append(counting.clearedThatDay())
                .append("幅");
        if (counting.exempt()) {
            text.append(";依登记的例外").append(counting.exceptionId()).append("豁免,仍计数");
        } else if (frozen()) {
            text.append(";据登记")
                    .append(counting.exceptionId())
                    .append(counting.allCovered() ? "," : ",其中" + counting.covered() + "幅")
                    .append("删除在技术上难以实现,已停止除存储和采取必要的安全保护措施之外的处理,须人工核实");
        }
        if (counting.exemptBeside() > 0) {
            text.append(";另有").append(counting.exemptBeside()).append("幅依登记的例外豁免");
        }
        if (declaresNone()) {
            text.append(";处理者声明不保存人脸图像,与实际存储不符,须人工核实");
        }
        return text.append(open() ? "" : ",于" + LegalDay.of(counting.resolvedAt()) + "结束")
                .append("。")
                .toString();
    }

    private String en() {
        StringBuilder text = new StringBuilder("System ")
                .append(system)
                .append(" of ")
                .append(Wording.name(operator, registry))
                .append(" has stored raw face images for which ")
                .append(cause.en(sure()))
                .append(" since ")
                .append(LegalDay.of(counting.openedAt()))
                .append(", the earliest to be deleted by ")
                .append(counting.dueOn())
                .append(cause.graceEn())
                .append(" (")
                .append(cause.lawEn())
                .append("); ")
                .append(Wording.count(counting.measured(), "image"))
                .append(' ')
                .append(stageEn())
                .append(open() ? "" : " at the most, until " + LegalDay.of(counting.resolvedAt()))
                .append(", of ")
                .append(Wording.count(counting.persons(), "known person"));
        if (counting.oldest() != null) {
            text.append(", the oldest stored on ").append(counting.oldest()).append(" at the latest");
        }
        text.append("; on ")
                .append(counting.lastDay())
                .append(' ')
                .append(counting.addedThatDay())
                .append(" came to count and ")
                .append(Wording.were(counting.clearedThatDay()))
                .append(" deleted");
        if (counting.exempt()) {
            text.append("; the registered exception ")
                    .append(counting.exceptionId())
                    .append(" covers them: counted, not accused");
        } else if (frozen()) {
            text.append("; by ")
                    .append(counting.exceptionId())
                    .append(counting.allCovered() ? " they" : " " + counting.covered() + " of them")
                    .append(" cannot be deleted and are only stored and protected, to be checked by a person");
        }
        if (counting.exemptBeside() > 0) {
            text.append("; a registered exception covers ")
                    .append(counting.exemptBeside())
                    .append(" more");
        }
        if (declaresNone()) {
            text.append(
                    "; the operator declares to keep no face images, and these are stored: to be checked by a person");
        }
        return text.append('.').toString();
    }

    private boolean declaresNone() {
        Instant at = open() ? known : counting.resolvedAt();
        return KeptAfterVerification.declaresNone(operator, registry, LegalDay.of(at));
    }

    private String stageZh() {
        return switch (verdict) {
            case VIOLATION -> "逾期";
            case WARNING -> "待删除";
            default -> "可能逾期";
        };
    }

    private String stageEn() {
        return switch (verdict) {
            case VIOLATION -> "past due";
            case WARNING -> "coming due";
            default -> "possibly past due";
        };
    }
}
