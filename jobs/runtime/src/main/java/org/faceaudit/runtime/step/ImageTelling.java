package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.images.ImageSlot;
import org.faceaudit.core.images.ImageTally;
import org.faceaudit.runtime.fact.Scopes;

/**
 * What the judging step is to be told at a cut: by how much the counts changed, net, and on which changes they rest where they
 * are few. Not thread-safe.
 */
final class ImageTelling {

    private final ImageEvidence evidence = new ImageEvidence();
    private final ImageTally tally = new ImageTally();
    /** Pages with findings that may have to be told. */
    private final Set<String> untold = new LinkedHashSet<>();

    private final Set<ImageSlot> crowded = new HashSet<>();

    /** Evidence is not kept: it is counted anew of all findings that there are. */
    void restore(List<Finding> findings) {
        findings.forEach(finding -> evidence.add(ImageSlot.of(finding.image()), finding.told()));
    }

    /** Takes back what is found no longer and counts what is new; the rest stays told or not. */
    List<Finding> replace(List<Finding> earlier, List<ImageFinding> findings, String mappingVersion) {
        Map<ImageFinding, Finding> gone = new LinkedHashMap<>();
        earlier.forEach(finding -> gone.put(finding.image(), finding));
        List<Finding> now = new ArrayList<>(findings.size());
        boolean news = false;
        for (ImageFinding image : findings) {
            Finding same = gone.remove(image);
            if (same == null) {
                news = true;
                evidence.add(ImageSlot.of(image), false);
            }
            now.add(same == null ? new Finding(image, false) : same);
        }
        for (Finding finding : gone.values()) {
            evidence.remove(ImageSlot.of(finding.image()), finding.told());
            if (finding.told()) {
                tally.forget(finding.image());
            }
        }
        if (news || !gone.isEmpty()) {
            tally.remove(earlier.stream().map(Finding::image).toList(), mappingVersion);
            tally.add(findings, mappingVersion);
        }
        return now;
    }

    /**
     * Remembers a page with findings that may have to be told.
     *
     * @param before what began up to here was looked at then; {@code null} for nothing
     */
    void remind(String page, List<ImageFinding> findings, Instant before, Instant known) {
        for (ImageFinding finding : findings) {
            if (hasBegun(finding, known) && (before == null || finding.from().isAfter(before))) {
                ImageSlot slot = ImageSlot.of(finding);
                if (evidence.few(slot)) {
                    untold.add(page);
                } else {
                    crowded.add(slot);
                }
            }
        }
    }

    /** Some who were on one page are on another now. */
    void moved(String from, String to) {
        if (untold.contains(from)) {
            untold.add(to);
        }
    }

    /**
     * Decides at the cut whose findings are told.
     *
     * @param known how far each source is known
     * @return whether findings on any page may have to be told or forgotten, not only on {@link #untold}
     */
    boolean decide(Map<String, Instant> known) {
        boolean all = evidence.decide(slot -> {
            Instant through = known.get(Scopes.source(slot.operator(), slot.system()));
            return through != null && !slot.at().isAfter(through);
        });
        return all | crowded.stream().anyMatch(evidence::tells);
    }

    Set<String> untold() {
        return untold;
    }

    /** Tells or forgets what the findings of a page rest on. */
    void tell(OpenImagePage page, Instant known) {
        for (ImageLeaf.Entry entry : page.entries()) {
            List<Finding> bare = entry.findings();
            if (bare.stream().allMatch(finding -> tells(finding, known) == finding.told())) {
                continue;
            }
            PersonImages person = entry.person();
            List<Finding> said = new ArrayList<>(person.findings().size());
            for (Finding finding : person.findings()) {
                said.add(tell(finding, known));
            }
            entry.found(said, person.mappingVersion(), person.unjudged());
        }
    }

    private boolean tells(Finding finding, Instant known) {
        return hasBegun(finding.image(), known) && evidence.tells(ImageSlot.of(finding.image()));
    }

    private Finding tell(Finding finding, Instant known) {
        boolean tell = tells(finding, known);
        if (tell == finding.told()) {
            return finding;
        }
        if (tell) {
            tally.tell(finding.image());
        } else {
            tally.forget(finding.image());
        }
        evidence.said(ImageSlot.of(finding.image()), tell);
        return new Finding(finding.image(), tell);
    }

    private static boolean hasBegun(ImageFinding finding, Instant known) {
        return known != null && !finding.from().isAfter(known);
    }

    /** The end of the cut: every sum that changes something. */
    List<ImageDelta> take() {
        untold.clear();
        crowded.clear();
        return tally.take();
    }
}
