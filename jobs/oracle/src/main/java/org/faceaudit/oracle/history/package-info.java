/** Seeded histories of make-believe operators, in the sample schemas, as Debezium would have told them. */
package org.faceaudit.oracle.history;
