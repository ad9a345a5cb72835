/** What it costs to read one record. */
package org.faceaudit.bench.decode;
