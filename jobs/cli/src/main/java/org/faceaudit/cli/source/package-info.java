/** What a source's own catalogue tells of its tables; rows are nobody's business here. */
package org.faceaudit.cli.source;
