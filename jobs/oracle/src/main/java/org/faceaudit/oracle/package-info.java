/**
 * A slow, plain second opinion, written from the specification alone.
 *
 * <p>It shares no code with the product. Where the product remembers, nets and sweeps, this one looks at everything that was
 * stored at every instant at which anything changed. Read in this order: {@code Oracle}, {@code ChangeReader}, {@code
 * RowBook}, {@code SourceFacts}, the {@code …Opinion} of each rule.
 */
package org.faceaudit.oracle;
