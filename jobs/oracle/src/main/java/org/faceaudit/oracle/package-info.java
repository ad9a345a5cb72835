/**
 * A slow, plain second opinion, written from the specification alone.
 *
 * <p>It shares no code with the product. Where the product remembers, nets and sweeps, this one looks at everything that was
 * stored at every instant at which anything changed. Read in this order: {@code Oracle}, {@code ChangeReader}, {@code
 * RowBook}, {@code SourceFacts}, the {@code …Opinion} of each rule; for the duties of Art. 15 {@code Cycle}, {@code Filing}
 * and {@code Submissions} before them.
 */
package org.faceaudit.oracle;
