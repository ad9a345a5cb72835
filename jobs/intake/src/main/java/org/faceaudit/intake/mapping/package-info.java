/** What the rows of one source mean, as its mapping says it: columns, references, filters and the facts made of them. */
package org.faceaudit.intake.mapping;
