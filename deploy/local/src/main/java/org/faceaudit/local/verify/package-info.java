/** Derives an alert again from its evidence, and says whether the table says the same. */
package org.faceaudit.local.verify;
