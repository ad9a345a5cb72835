package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.Registry;

/**
 * What is judged of stored raw images (Art. 8 ¶2 of the Measures, PIPL 47), and of the persons whose consent they rest on
 * (Art. 7).
 *
 * <ol>
 *   <li>{@link RawImageRetained}: images are stored past the day they became due, by cause
 *       <ul>
 *         <li>{@link PeriodEnded}: the notified retention period has ended
 *         <li>{@link ConsentExpired}: the period consented to has, which is the same cause
 *         <li>{@link PurposeEnded}: membership, employment or visit is over
 *         <li>{@link ConsentWithdrawn}: the person withdrew their consent
 *         <li>{@link KeptAfterVerification}: no separate consent covers the image (recommended standards)
 *         <li>{@link AfterTermination}: the operator's use of face recognition has ended
 *         <li>{@link ImageExceptions}: statutory floors, holds and frozen storage
 *       </ul>
 *   <li>{@link MinorWithoutGuardianConsent}: a child's face is stored on consent, and no guardian consented
 * </ol>
 */
public final class ImageJudgements {

    private static final String MEASURES = "measures.";

    /** How the parameters begin that decide what is found. */
    private static final List<String> PARAMETERS =
            List.of(MEASURES, RawImageRetained.RULE_ID + ".", MinorWithoutGuardianConsent.RULE_ID + ".");

    private ImageJudgements() {}

    /**
     * The stretches of time during which images, or the person, count against their operator, as the facts stand; they may
     * reach into the future. By record, then time; what is about the person comes last.
     */
    public static List<ImageFinding> findings(PersonFacts facts, Registry registry) {
        List<ImageFinding> findings = new ArrayList<>(RawImageRetained.findings(facts, registry));
        findings.addAll(MinorWithoutGuardianConsent.findings(facts, registry));
        return findings;
    }

    /**
     * Whose images a row of the registry has a say in, so that no others need be judged anew when it changes: an operator's
     * id, {@link Registry#EVERYONE} where the row is everyone's or does not tell, or empty for nobody's. What
     * {@link #findings} asks of a registry must be named here.
     */
    public static Optional<String> concerned(RegistryChange row) {
        Map<String, String> values = row.values();
        return switch (row.table()) {
            case "parameter" ->
                PARAMETERS.stream().anyMatch(values.getOrDefault("name", MEASURES)::startsWith)
                        ? Optional.of(values.getOrDefault("scope", Registry.EVERYONE))
                        : Optional.empty();
            case "exception" ->
                values.getOrDefault("rule_id", RawImageRetained.RULE_ID).equals(RawImageRetained.RULE_ID)
                        ? Optional.of(values.getOrDefault("operator_id", Registry.EVERYONE))
                        : Optional.empty();
            case "technology_use", DeclaredUse.TABLE ->
                Optional.of(values.getOrDefault("operator_id", Registry.EVERYONE));
            default -> Optional.empty();
        };
    }

    /** Whether a finding is about an image, and not about a person. */
    public static boolean isOfImage(ImageFinding finding) {
        return !finding.cause().equals(MinorWithoutGuardianConsent.RULE_ID);
    }

    /**
     * Judges the images of one system, and the persons whom they show.
     *
     * @param knownThrough how far the system's source is known; {@code null} gives nothing
     */
    public static Judged judge(
            String operator, String system, ImageCounts counts, Registry registry, Instant knownThrough) {
        if (knownThrough == null) {
            return Judged.NOTHING;
        }
        Wake wake = new Wake(knownThrough);
        Map<String, List<ImageDelta>> byCause = counts.byCause();
        List<Derivation> derivations = new ArrayList<>();
        for (ImageCause cause : ImageCause.values()) {
            derivations.add(RawImageRetained.derive(
                    operator,
                    system,
                    cause,
                    byCause.getOrDefault(cause.id(), List.of()),
                    registry,
                    knownThrough,
                    wake));
        }
        derivations.add(MinorWithoutGuardianConsent.derive(
                operator,
                system,
                byCause.getOrDefault(MinorWithoutGuardianConsent.RULE_ID, List.of()),
                registry,
                knownThrough,
                wake));
        wake.at(registry.nextParameterChange(operator, knownThrough).orElse(null));
        return new Judged(derivations, List.of(), wake.next());
    }
}
