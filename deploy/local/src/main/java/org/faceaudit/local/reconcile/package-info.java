/** The command that compares a source with what was captured of it. */
package org.faceaudit.local.reconcile;
